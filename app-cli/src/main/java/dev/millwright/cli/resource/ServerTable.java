package dev.millwright.cli.resource;

import dev.millwright.api.server.ServerView;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.cli.terminal.Times;
import java.time.Instant;
import java.util.List;

/// Shows servers as a table; the one that answered has a star.
final class ServerTable {
    private ServerTable() {}

    static void print(Terminal terminal, OutputOptions output, List<ServerView> servers) {
        Table table = Table.of("NAME", "STATE", "ADDRESS", "NODE", "VERSION", "UP", "SEEN");
        Instant now = Instant.now();
        servers.forEach(server -> {
            Instant seen = server.seenAt();
            table.row(
                    server.self() ? server.name() + " *" : server.name(),
                    server.state(),
                    server.address(),
                    server.node(),
                    server.version(),
                    Times.age(server.startedAt(), now),
                    seen == null ? "" : Times.age(seen, now));
        });
        output.list(terminal, servers, table, server -> "server/" + server.name(), "no servers");
    }
}
