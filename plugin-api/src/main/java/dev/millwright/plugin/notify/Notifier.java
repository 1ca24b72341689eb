package dev.millwright.plugin.notify;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.Stability;

/// Bring messages to people, such as `mail`.
///
/// The order of calls for one message:
///
/// 1. The server decides who wants to know (which pipelines, which changes) and stores the message.
/// 2. [#send(Notification, Record)] in a job. At least once: after a crash or [Sent.Later] the same
///    message comes again with the same id.
///
/// Threads and failure: as in [Extension]. Deadline: 60 s. What is thrown counts as [Sent.Later].
///
/// ```java
/// @Override public Sent send(Notification message, Settings settings) {
///     return post(settings.url(), message.subject()) == 200
///             ? Sent.DONE : new Sent.Later("the pager is busy", Duration.ofSeconds(30));
/// }
/// ```
///
/// @param <C> what users write for one notifier
@Stability(Stability.Level.STABLE)
public interface Notifier<C extends Record> extends Extension<C> {
    /// Bring one message to all its receivers, which stand in the configuration.
    Sent send(Notification message, C settings) throws InterruptedException;
}
