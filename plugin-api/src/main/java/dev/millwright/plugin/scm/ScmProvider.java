package dev.millwright.plugin.scm;

import dev.millwright.model.Payload;
import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.Stability;
import java.util.Optional;

/// Talk to one kind of forge about commits, such as `github`.
///
/// The order of calls:
///
/// 1. [#handles(String, Record)] for each configured provider until one says yes.
/// 2. [#setStatus(CommitStatus, Record)] in a job, when a run with a commit is queued, begins and
///    ends. At least once; those of one run come in order, and one that is overtaken by a newer one
///    before it was sent is left out.
/// 3. [#read(String, String, String, Record)] at any time, where the repository is not cloned.
///
/// Threads and failure: as in [Extension]. Deadline: 30 s for 2 and 3, 5 s for 1. What 2 throws
/// counts as [Sent.Later].
///
/// ```java
/// @Override public Sent setStatus(CommitStatus status, Settings settings) {
///     int code = api.post("/repos/" + name(status.repository()) + "/statuses/" + status.commit());
///     return code == 201 ? Sent.DONE : new Sent.Later("answered " + code, Duration.ZERO);
/// }
/// ```
///
/// @param <C> what administrators write for one forge: its address, its credentials
@Stability(Stability.Level.EVOLVING)
public interface ScmProvider<C extends Record> extends Extension<C> {
    /// Whether the repository lives there.
    ///
    /// @param repository where it is cloned from, as the pipeline says
    boolean handles(String repository, C settings);

    /// Show beside a commit how its run stands.
    Sent setStatus(CommitStatus status, C settings) throws InterruptedException;

    /// One file of a commit; empty when the commit has no such file, or when this provider cannot
    /// read files. Throws [dev.millwright.plugin.PluginException] when nobody can tell.
    ///
    /// @param path from the repository's root
    default Optional<Payload> read(String repository, String commit, String path, C settings)
            throws InterruptedException {
        return Optional.empty();
    }
}
