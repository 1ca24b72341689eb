package dev.millwright.node.plugin;

/// A server from which the files of plugins can be fetched. Called by one thread at a time.
public interface PluginSource {
    /// A part of the file with that SHA-256 from that offset on; empty only at its end. Throws
    /// [PluginSourceException] when there is none for now.
    ///
    /// @param length the most that is wanted, in bytes
    byte[] part(String sha256, long offset, int length) throws InterruptedException;
}
