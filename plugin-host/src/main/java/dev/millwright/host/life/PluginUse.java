package dev.millwright.host.life;

import dev.millwright.host.use.Call;
import dev.millwright.host.use.Use;
import dev.millwright.plugin.Extension;
import java.time.Duration;

/// An extension of a plugin, guarded.
///
/// @param typed the extension itself, as its point
public record PluginUse<T extends Extension<?>>(
        LoadedPlugin plugin, LoadedExtension extension, T typed) implements Use<T> {

    @Override
    public String kind() {
        return extension.kind();
    }

    @Override
    public String origin() {
        return plugin.manifest().id() + " " + plugin.manifest().version();
    }

    @Override
    public String life() {
        return plugin.life();
    }

    @Override
    public Class<? extends Record> configuration() {
        return extension.configuration();
    }

    @Override
    public <R> R call(String what, Duration deadline, Call<? super T, R> call)
            throws InterruptedException {
        return plugin.call(typed, what, deadline, call);
    }

    @Override
    public Hold hold() {
        return plugin.hold();
    }
}
