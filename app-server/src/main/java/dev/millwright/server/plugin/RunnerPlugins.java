package dev.millwright.server.plugin;

import dev.millwright.host.PluginHost;
import dev.millwright.host.PortablePlugin;
import dev.millwright.node.plugin.OfferedPlugin;
import dev.millwright.server.link.PluginShelf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What nodes may fetch: the plugins of this server that have runners, as they are in use. Any
/// thread; [#look] one at a time.
public final class RunnerPlugins implements PluginShelf {
    private static final Logger log = LoggerFactory.getLogger(RunnerPlugins.class);

    private final Set<String> told = new HashSet<>();
    private volatile List<PortablePlugin> plugins = List.of();

    /// Take note of what is in use now.
    public synchronized void look(PluginHost host) {
        plugins = host.portable().stream().filter(this::isSmall).toList();
    }

    private boolean isSmall(PortablePlugin plugin) {
        boolean small = plugin.size() <= OfferedPlugin.LARGEST;
        if (!small && told.add(plugin.sha256())) {
            log.warn(
                    "plugin {} {} stays on this server: with {} bytes its file is too large for nodes",
                    plugin.id(),
                    plugin.version(),
                    plugin.size());
        }
        return small;
    }

    @Override
    public List<PortablePlugin> plugins() {
        return plugins;
    }

    @Override
    public Optional<byte[]> part(String sha256, long offset, int length) throws IOException {
        Optional<PortablePlugin> found =
                plugins.stream().filter(one -> one.sha256().equals(sha256)).findFirst();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(found.get().file(), StandardOpenOption.READ)) {
            ByteBuffer part = ByteBuffer.allocate(length);
            int read = 0;
            while (part.hasRemaining() && read >= 0) {
                read = file.read(part, offset + part.position());
            }
            return Optional.of(Arrays.copyOf(part.array(), part.position()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
