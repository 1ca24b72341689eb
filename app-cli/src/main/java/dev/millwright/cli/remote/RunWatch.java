package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.ResultView;
import dev.millwright.api.run.RunDetail;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.StepList;
import dev.millwright.cli.tree.Snapshot;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes pictures of a run on a server.
final class RunWatch {
    /// Each of them costs a question to the server.
    private static final int MOST_STEPS = 50;

    private RunWatch() {}

    static Snapshot look(MillwrightClient client, RunId run) {
        RunDetail detail = client.run(run);
        // Asked later: whoever sees the run finished sees how its last step ended, too
        StepList steps = client.steps(run);
        return snapshot(detail.run(), steps);
    }

    /// With the results inside the steps, the first ones of each.
    static Snapshot lookInside(MillwrightClient client, RunId run) {
        Snapshot seen = look(client, run);
        Map<StepPath, List<ResultView>> inside = new HashMap<>();
        seen.steps().stream()
                .filter(step -> step.results() > 0)
                .limit(MOST_STEPS)
                .forEach(step ->
                        inside.put(step.path(), client.results(run, step.path(), 0, "").items()));
        return seen.with(inside);
    }

    private static Snapshot snapshot(RunSummary run, StepList steps) {
        Long millis = run.durationMillis();
        return new Snapshot(
                title(run),
                detail(run),
                run.message(),
                run.status(),
                steps.items(),
                Duration.ofMillis(millis == null ? 0 : millis),
                System.nanoTime());
    }

    static String title(RunSummary run) {
        String name = run.pipeline() + "#" + run.number();
        return run.namespace().equals("default") ? name : run.namespace() + "/" + name;
    }

    private static String detail(RunSummary run) {
        String rerun = RerunOrigin.of(run);
        StringBuilder text = new StringBuilder(rerun.isEmpty() ? "" : rerun + ", ");
        text.append(run.event());
        String ref = run.tag().isEmpty() ? run.branch() : run.tag();
        if (!ref.isEmpty()) {
            text.append(' ').append(ref);
        }
        if (!run.commit().isEmpty()) {
            text.append(' ').append(run.commit(), 0, Math.min(7, run.commit().length()));
        }
        String message = run.commitMessage().lines().findFirst().orElse("");
        return message.isEmpty() ? text.toString() : text.append("  ").append(message).toString();
    }
}
