package dev.millwright.itest.server;

import dev.millwright.itest.system.ServerProcess;
import dev.millwright.server.store.PostgresServer;
import java.util.Map;

class PostgresPolledPushesIT extends PolledPushes {
    @Override
    Map<String, String> database() {
        return ServerProcess.on(PostgresServer.shared());
    }
}
