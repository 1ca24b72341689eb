package dev.millwright.docker;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An engine for the tests of one class, which may stop and start it.
final class OwnEngine implements BeforeAllCallback, AfterAllCallback {
    private final EngineKind kind;
    private @Nullable ContainerEngine engine;

    OwnEngine(EngineKind kind) {
        this.kind = kind;
    }

    ContainerEngine engine() {
        ContainerEngine made = engine;
        if (made == null) {
            throw new AssertionError("the tests have not begun");
        }
        return made;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        engine = ContainerEngine.create(kind);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ContainerEngine made = engine;
        if (made != null) {
            made.close();
        }
    }
}
