package dev.millwright.plugin.trigger;

import dev.millwright.plugin.Stability;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts a [RunRequest] together; what is not called stays empty. Used by one thread.
@Stability(Stability.Level.EVOLVING)
public final class RunRequestBuilder {
    private final String event;
    private String ref = "";
    private String commit = "";
    private String previousCommit = "";
    private String message = "";
    private String author = "";
    private String authorEmail = "";
    private String sender = "";
    private String link = "";
    private @Nullable List<String> changedFiles;
    private Map<String, String> inputs = Map.of();
    private @Nullable PullRequest pullRequest;
    private RunRequest.Trust trust = RunRequest.Trust.FULL;
    private boolean oncePerCommit;

    RunRequestBuilder(String event) {
        this.event = event;
        this.oncePerCommit = event.equals("push") || event.equals("tag");
    }

    /// Full ref such as `refs/heads/main`.
    public RunRequestBuilder ref(String value) {
        ref = value;
        return this;
    }

    /// Full hash.
    public RunRequestBuilder commit(String value) {
        commit = value;
        return this;
    }

    /// What the ref held before; for a pull request the tip of its target.
    public RunRequestBuilder previousCommit(String value) {
        previousCommit = value;
        return this;
    }

    /// Message of the commit.
    public RunRequestBuilder message(String value) {
        message = value;
        return this;
    }

    /// Whoever wrote the commit.
    public RunRequestBuilder author(String name, String email) {
        author = name;
        authorEmail = email;
        return this;
    }

    /// Who caused the event, such as a login name.
    public RunRequestBuilder sender(String value) {
        sender = value;
        return this;
    }

    /// To the commit or pull request on the forge.
    public RunRequestBuilder link(String value) {
        link = value;
        return this;
    }

    /// All changed paths; do not call it when only some are known.
    public RunRequestBuilder changedFiles(List<String> paths) {
        changedFiles = List.copyOf(paths);
        return this;
    }

    /// Values of the pipeline's inputs.
    public RunRequestBuilder inputs(Map<String, String> values) {
        inputs = Map.copyOf(values);
        return this;
    }

    public RunRequestBuilder pullRequest(PullRequest value) {
        pullRequest = value;
        return this;
    }

    /// `FULL` unless told.
    public RunRequestBuilder trust(RunRequest.Trust value) {
        trust = value;
        return this;
    }

    /// True for `push` and `tag` unless told.
    public RunRequestBuilder oncePerCommit(boolean value) {
        oncePerCommit = value;
        return this;
    }

    public RunRequest build() {
        return new RunRequest(
                event,
                ref,
                commit,
                previousCommit,
                message,
                author,
                authorEmail,
                sender,
                link,
                changedFiles,
                inputs,
                pullRequest,
                trust,
                oncePerCommit);
    }
}
