package dev.millwright.server.link;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Where nodes come in and what they are told.
///
/// @param address to listen on; port 0 takes a free one
/// @param servers addresses of all servers of the cluster at the moment, host:port
/// @param heartbeat how often a node has to say something
/// @param silence after how long without a word a node's stream is cut
/// @param plugins what nodes may fetch
public record LinkSettings(
        InetSocketAddress address,
        Supplier<List<String>> servers,
        Duration heartbeat,
        Duration silence,
        PluginShelf plugins) {
    /// The port that nodes expect.
    public static final int PORT = 10001;

    /// How often a node has to say something.
    public static final Duration HEARTBEAT = Duration.ofSeconds(3);

    /// After how long without a word a node's stream is cut.
    public static final Duration SILENCE = Duration.ofSeconds(30);
}
