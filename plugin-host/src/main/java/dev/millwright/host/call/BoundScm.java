package dev.millwright.host.call;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.plugin.scm.ScmProvider;
import java.time.Duration;
import java.util.Optional;

/// A forge with its settings.
///
/// Called from any thread. Throws what [Use#call] throws, and
/// [dev.millwright.engine.binding.BindingException] when what users wrote does not fit.
public record BoundScm(Use<ScmProvider<?>> use, Parameters written, SecretSource secrets) {
    private static final Duration HANDLES = Duration.ofSeconds(5);
    private static final Duration TALK = Duration.ofSeconds(30);

    /// Whether the repository lives there.
    public boolean handles(String repository) throws InterruptedException {
        return use.call("handles", HANDLES, typed -> handles(typed, repository));
    }

    private <C extends Record> boolean handles(ScmProvider<C> typed, String repository) {
        return typed.handles(repository, settings(typed));
    }

    /// Show how a run stands.
    public Sent setStatus(CommitStatus status) throws InterruptedException {
        return use.call("setStatus", TALK, typed -> setStatus(typed, status));
    }

    private <C extends Record> Sent setStatus(ScmProvider<C> typed, CommitStatus status)
            throws InterruptedException {
        return typed.setStatus(status, settings(typed));
    }

    /// One file of a commit.
    public Optional<Payload> read(String repository, String commit, String path)
            throws InterruptedException {
        return use.call("read", TALK, typed -> read(typed, repository, commit, path));
    }

    private <C extends Record> Optional<Payload> read(
            ScmProvider<C> typed, String repository, String commit, String path)
            throws InterruptedException {
        return typed.read(repository, commit, path, settings(typed));
    }

    private <C extends Record> C settings(ScmProvider<C> typed) {
        return RecordBinder.bind(typed.configuration(), written, secrets);
    }
}
