package dev.millwright.server;

import dev.millwright.server.access.AccessKeys;
import dev.millwright.server.web.WebServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that answers. Closing it stops intake first and lets running steps go on.
final class RunningServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunningServer.class);

    private final WebServer web;
    private final AccessKeys keys;
    private final List<AutoCloseable> parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param parts in the order in which they are closed
    RunningServer(WebServer web, AccessKeys keys, List<AutoCloseable> parts) {
        this.web = web;
        this.keys = keys;
        this.parts = List.copyOf(parts);
    }

    int port() {
        return web.port();
    }

    AccessKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception failed) {
                log.warn("{} did not close well", part.getClass().getSimpleName(), failed);
            }
        }
    }
}
