package dev.millwright.server;

import dev.millwright.server.cluster.Servers;
import dev.millwright.server.config.ServerConfig;
import dev.millwright.server.link.LinkServer;
import dev.millwright.server.link.LinkSettings;
import dev.millwright.server.link.PluginShelf;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.pki.NodeAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;

/// Puts together what nodes come in by.
final class LinkWiring {
    private LinkWiring() {}

    /// The port on which nodes will come in: the one that is set; a free one for a server that
    /// itself takes any.
    static int port(ServerConfig config) {
        int port = config.link().port();
        boolean any = port == 0 || (config.port() == 0 && config.isDefault("link.port"));
        return any ? freePort() : port;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("this machine has no free port", none);
        }
    }

    /// Open the link.
    static LinkServer start(
            ServerConfig config,
            int port,
            Servers servers,
            NodeAuthority authority,
            NodeHost host,
            PluginShelf plugins,
            InstantSource clock) {
        return LinkServer.start(
                new LinkSettings(
                        new InetSocketAddress(config.link().bindAddress(), port),
                        servers::linkAddresses,
                        config.nodes().heartbeat(),
                        LinkSettings.SILENCE,
                        plugins),
                authority,
                host,
                clock);
    }
}
