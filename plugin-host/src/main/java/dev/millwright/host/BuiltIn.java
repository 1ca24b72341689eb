package dev.millwright.host;

import dev.millwright.host.use.Call;
import dev.millwright.host.use.Use;
import dev.millwright.model.MillwrightException;
import dev.millwright.plugin.Extension;
import java.time.Duration;

/// An extension that is a part of Millwright. It is called directly: it is trusted to end.
record BuiltIn<T extends Extension<?>>(T extension, String life) implements Use<T> {
    @Override
    public String kind() {
        return extension.kind();
    }

    @Override
    public String origin() {
        return "built in";
    }

    @Override
    public Class<? extends Record> configuration() {
        return extension.configuration();
    }

    @Override
    public <R> R call(String what, Duration deadline, Call<? super T, R> call)
            throws InterruptedException {
        try {
            return call.on(extension);
        } catch (RuntimeException | InterruptedException told) {
            throw told;
        } catch (Exception checked) {
            throw new MillwrightException(
                    "%s '%s' failed: %s".formatted(what, kind(), checked), checked);
        }
    }

    @Override
    public Hold hold() {
        return () -> {};
    }
}
