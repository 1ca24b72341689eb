package dev.millwright.server.link;

import dev.millwright.host.PortablePlugin;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Holds what a test puts there. Any thread.
final class FakeShelf implements PluginShelf {
    volatile List<PortablePlugin> plugins = List.of();
    final Map<String, byte[]> files = new ConcurrentHashMap<>();

    static PortablePlugin plugin(String id, String sha256, int size) {
        return new PortablePlugin(
                id,
                "1.0.0",
                ">=0.1.0 & <0.2.0",
                sha256,
                "jar",
                size,
                "",
                List.of("container"),
                Path.of("nowhere"));
    }

    @Override
    public List<PortablePlugin> plugins() {
        return plugins;
    }

    @Override
    public Optional<byte[]> part(String sha256, long offset, int length) {
        return Optional.ofNullable(files.get(sha256))
                .map(file -> {
                    int from = (int) Math.min(file.length, offset);
                    return Arrays.copyOfRange(file, from, Math.min(file.length, from + length));
                });
    }
}
