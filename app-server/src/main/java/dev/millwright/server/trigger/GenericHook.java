package dev.millwright.server.trigger;

import dev.millwright.server.resource.Resources;

/// The hook for everything that can sign or send a token: `POST /hooks/generic/{hook}`, where the
/// hook is `NAMESPACE.PIPELINE.HOOK`, or `PIPELINE.HOOK` or `HOOK` in the namespace `default`.
///
/// Called from any thread.
public final class GenericHook {
    private GenericHook() {}

    public static GenericHook create(
            Resources resources, HookSettings settings, SecretReferences secrets) {
        throw new UnsupportedOperationException();
    }

    public HookDecision decide(HookRequest request) {
        throw new UnsupportedOperationException();
    }
}
