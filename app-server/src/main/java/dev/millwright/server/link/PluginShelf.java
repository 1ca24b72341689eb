package dev.millwright.server.link;

import dev.millwright.host.PortablePlugin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The plugins with runners that nodes fetch from this server. Any thread.
public interface PluginShelf {
    /// All that are in use now.
    List<PortablePlugin> plugins();

    /// A part of the file of one of them; empty when there is no such plugin, or not any more.
    ///
    /// @param offset where the part begins; beyond the end it has no bytes
    /// @param length the most that is wanted, in bytes
    Optional<byte[]> part(String sha256, long offset, int length) throws IOException;
}
