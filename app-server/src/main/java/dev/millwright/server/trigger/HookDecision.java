package dev.millwright.server.trigger;

import dev.millwright.server.delivery.NewDelivery;

/// What the web layer does with a request to a hook.
public sealed interface HookDecision {
    /// Store it: 202, or 200 when it was stored before.
    record Accept(NewDelivery delivery) implements HookDecision {}

    /// 401; nothing is stored.
    ///
    /// @param hint what the caller may do; never tells whether there is such a hook
    record Unauthorized(String hint) implements HookDecision {}

    /// 404.
    record NotFound(String reason) implements HookDecision {}

    /// 400.
    record Bad(String reason) implements HookDecision {}

    /// 413.
    record TooLarge(long limit) implements HookDecision {}
}
