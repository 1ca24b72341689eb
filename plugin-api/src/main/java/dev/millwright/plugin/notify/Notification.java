package dev.millwright.plugin.notify;

import dev.millwright.plugin.Stability;
import dev.millwright.plugin.report.LogReader;
import dev.millwright.plugin.report.RunReport;
import java.util.List;

/// One message. Immutable, but for the logs, which are read while the call lasts.
///
/// ```java
/// mail.setHeader("Message-ID", "<" + message.id() + "@millwright>");
/// ```
///
/// @param id the same for each try: letters, digits and `-`
/// @param change what is new
/// @param subject one line, such as `web#17 failed: test (main, 3f2a91c)`
/// @param text a few lines of plain text: what failed, the last lines of its log, a link
/// @param commands what to paste into a terminal to look further, such as `millwright explain
///   default/web#17 --server http://ci.example.org`; the text has them, too
/// @param tries how often it was tried before and failed
@Stability(Stability.Level.EVOLVING)
public record Notification(
        String id,
        Change change,
        String subject,
        String text,
        List<String> commands,
        RunReport run,
        LogReader logs,
        int tries) {
    public Notification {
        commands = List.copyOf(commands);
    }

    /// What is new about the run, compared to the last run of the same pipeline and branch (for a
    /// pull request: of the same pull request) that was good or bad.
    public enum Change {
        /// It began.
        STARTED,
        /// It is good, as before.
        SUCCEEDED,
        /// It is good and was not.
        FIXED,
        /// It is bad and was not.
        BROKEN,
        /// It is bad, as before.
        STILL_BROKEN,
        /// It was cancelled, which says neither good nor bad.
        CANCELLED,
        /// It waits for somebody's approval.
        WAITING
    }
}
