package dev.millwright.server.trigger;

import dev.millwright.server.delivery.NewDelivery;

/// What the web layer does with a request to a hook.
public sealed interface HookDecision {
    /// Store it: 202, or 200 when it was stored before.
    record Accept(NewDelivery delivery) implements HookDecision {}

    /// 401, for want of a key of this server; nothing is stored.
    ///
    /// @param hint what the caller may do
    record Unauthorized(String hint) implements HookDecision {}

    /// 401; nothing is stored. The same for a hook that does not exist, so that nobody learns which
    /// ones do.
    ///
    /// @param hint what a plugin's trigger tells the caller; mostly empty
    record Unproven(String hint) implements HookDecision {}

    /// 404.
    record NotFound(String reason) implements HookDecision {}

    /// 400.
    record Bad(String reason) implements HookDecision {}

    /// The hook's trigger refuses it.
    ///
    /// @param status 400 to 499
    record Refused(int status, String reason) implements HookDecision {}

    /// 500: the hook's trigger is broken.
    record Broken() implements HookDecision {}

    /// 503: the hook's trigger cannot answer now.
    record Unavailable(String reason) implements HookDecision {}

    /// 413.
    record TooLarge(long limit) implements HookDecision {}
}
