package dev.millwright.testkit;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.PluginContext;
import java.nio.file.Path;

/// What an extension is opened with in a test of its class alone: no settings were written.
/// Immutable.
///
/// ```java
/// forge.open(BareContext.with(NetworkWall.OPEN));
/// ```
///
/// @param folder need not exist
public record BareContext(String plugin, String version, Path folder, NetworkWall wall)
        implements PluginContext {

    /// For an extension that keeps no files.
    public static BareContext with(NetworkWall wall) {
        return new BareContext("plugin-under-test", "1.0.0", Path.of("no-such-folder"), wall);
    }

    @Override
    public <S extends Record> S settings(Class<S> type) {
        return RecordBinder.bind(type, Parameters.NONE, SecretSource.UNRESOLVED);
    }
}
