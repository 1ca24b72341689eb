package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.cli.tree.StepSearch;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;

/// Finds the step of a run on a server that a user means.
final class StepReference {
    private StepReference() {}

    static StepPath find(MillwrightClient client, RunId run, String text) {
        return StepSearch.isPath(text)
                ? StepPath.parse(text)
                : StepSearch.find(client.steps(run).items(), text).path();
    }
}
