package dev.millwright.server.run;

import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Source;
import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.git.Since;
import dev.millwright.server.trigger.Meaning;
import java.util.List;
import java.util.Optional;

/// Brings together what a trigger told of a commit and what its repository says. Where both tell
/// something the trigger counts, whose words were true at its moment. Pure.
final class TriggeredSource {
    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";

    private TriggeredSource() {}

    /// Since when files count as changed.
    static Since since(Meaning.Start start) {
        return start.request()
                .map(asked -> new Since(asked.previousCommit(), asked.pullRequest().isPresent()))
                .orElse(Since.PARENT);
    }

    /// The pinned commit, with what the trigger told of it.
    static Source of(Source pinned, Meaning.Start start) {
        return start.request().map(asked -> of(pinned, asked)).orElse(pinned);
    }

    private static Source of(Source pinned, RunRequest asked) {
        return new Source(
                pinned.url(),
                pinned.commit(),
                pinned.refOrNull(),
                branch(asked, pinned.branch()),
                pinned.tag(),
                pinned.previousCommit(),
                either(asked.message(), pinned.message()),
                either(asked.author(), pinned.author()),
                either(asked.authorEmail(), pinned.authorEmail()),
                asked.changedFiles().orElse(pinned.changedFiles()),
                pinned.checkout(),
                pinned.accessOrNull());
    }

    /// What the trigger told of a commit, for a pipeline that has no repository.
    static Optional<Source> told(Meaning.Start start) {
        return start.request()
                .filter(asked -> !asked.commit().isEmpty())
                .map(asked ->
                        new Source(
                                "",
                                asked.commit(),
                                asked.ref().isEmpty() ? null : asked.ref(),
                                branch(asked, after(BRANCH, asked.ref())),
                                after(TAG, asked.ref()),
                                // Without the files nobody may conclude that nothing has changed
                                asked.changedFiles().isPresent() ? asked.previousCommit() : "",
                                asked.message(),
                                asked.author(),
                                asked.authorEmail(),
                                asked.changedFiles().orElse(List.of()),
                                Source.Checkout.DEFAULT));
    }

    private static String branch(RunRequest asked, String otherwise) {
        return asked.pullRequest().map(PullRequest::targetBranch).orElse(otherwise);
    }

    private static String after(String prefix, String ref) {
        return ref.startsWith(prefix) ? ref.substring(prefix.length()) : "";
    }

    private static String either(String told, String read) {
        return told.isEmpty() ? read : told;
    }

    /// What the trigger told beside the commit; empty for runs without such a trigger.
    static Optional<Change> change(Delivery delivery, Meaning.Start start) {
        return start.request()
                .map(asked ->
                        new Change(
                                asked.sender(),
                                asked.link(),
                                delivery.dedupeKey(),
                                start.isTrusted(),
                                asked.pullRequest().map(TriggeredSource::of).orElse(null)));
    }

    private static Change.PullRequest of(PullRequest pull) {
        return new Change.PullRequest(
                pull.number(),
                pull.title(),
                pull.sourceBranch(),
                pull.targetBranch(),
                pull.sourceRepository(),
                pull.labels(),
                pull.draft(),
                pull.fork());
    }
}
