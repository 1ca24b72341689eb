package dev.millwright.server.trigger;

import dev.millwright.server.delivery.NewDelivery;

/// What the web layer does with a request to a hook.
public sealed interface HookDecision {
    /// Store it: 202, or 200 when it was stored before.
    record Accept(NewDelivery delivery) implements HookDecision {}

    /// 401, without a word on why; nothing is stored.
    record Unauthorized() implements HookDecision {}

    /// 404.
    record NotFound(String reason) implements HookDecision {}

    /// 400.
    record Bad(String reason) implements HookDecision {}

    /// 413.
    record TooLarge(long limit) implements HookDecision {}
}
