package dev.millwright.plugin.webhook;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Stability;

/// Understand the webhooks of one kind of sender, such as `github`.
///
/// Senders post to `/hooks/KIND/NAMESPACE.PIPELINE.HOOK`. The order of calls for one request:
///
/// 1. The server checks the size, finds the hook, binds its configuration and resolves its secrets.
/// 2. [#verify(WebhookRequest, Record)], before anything is stored. The caller waits: look at the
///    proof, the id and the name of the event, and leave the rest for 3. Deadline: 5 s, then the
///    caller gets 503 and tries again.
/// 3. [#interpret(StoredDelivery, Record)] with what is going to be stored, so that the sender is
///    told when it starts nothing. Deadline: 2 s, then the sender is told that it was received.
/// 4. The server stores the request under the id that 2 gave, and answers 202 with it, or 200 when
///    it had been stored before. Headers that carry credentials are not stored.
/// 5. [#interpret(StoredDelivery, Record)] in a job unless 3 found that nothing starts, once or
///    more often (after a crash, or when a person redelivers it), with the hook's configuration of
///    that time. It must give the same answer each time. Deadline: 30 s, then the job tries again
///    later.
///
/// Threads and failure: as in [Extension]. What 2 throws is answered with 500, nothing is stored,
/// and the caller is not told more. What 3 and 5 throw counts as [Interpretation.Rejected].
///
/// ```java
/// @Override public Verification verify(WebhookRequest request, Hook hook) {
///     return hook.token().matches(request.header("X-Token").orElse(""))
///             ? new Verification.Accepted(request.header("X-Id").orElse(""), "push")
///             : Verification.refused();
/// }
/// ```
///
/// @param <C> what users write for one hook of a pipeline
@Stability(Stability.Level.STABLE)
public interface WebhookTrigger<C extends Record> extends Extension<C> {
    /// Tell whether the request proves where it comes from. Must not keep anything.
    Verification verify(WebhookRequest request, C hook);

    /// Tell what the delivery asks for. Must not have effects.
    Interpretation interpret(StoredDelivery delivery, C hook);
}
