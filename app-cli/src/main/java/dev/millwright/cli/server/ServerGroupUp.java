package dev.millwright.cli.server;

import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// `millwright up --servers N`: keeps several servers in the foreground until Ctrl-C ends them all,
/// or until none is left. One thread.
///
/// @param group not started yet
record ServerGroupUp(Terminal terminal, ServerGroup group) {
    int run(int count) {
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Interrupts _ = Interrupts.listen(() -> interrupted.set(true))) {
            Runtime.getRuntime().addShutdownHook(new Thread(group::stop, "stop-servers"));
            terminal.note(
                    "starting %d servers in %s; their logs follow here ..."
                            .formatted(count, group.folder()));
            Runnable firstIsReady =
                    () ->
                            terminal.note(
                                    "server 1 of %d is up; starting the others ..."
                                            .formatted(count));
            if (group.start(count, () -> !interrupted.get(), firstIsReady)) {
                greet();
                watch(group.all(), () -> !interrupted.get());
            }
            if (interrupted.get()) {
                terminal.note("stopping the servers ...");
                group.stop();
                return ExitCode.OK;
            }
            return ExitCode.SERVER;
        }
    }

    /// Tell of each that ends, until none is left.
    ///
    /// @param goOn asked again and again; false gives up
    void watch(List<ServerChild> servers, BooleanSupplier goOn) {
        List<ServerChild> alive = new ArrayList<>(servers);
        while (goOn.getAsBoolean() && !alive.isEmpty()) {
            for (ServerChild server : List.copyOf(alive)) {
                if (server.process().await(Duration.ofMillis(100)) && goOn.getAsBoolean()) {
                    alive.remove(server);
                    terminal.note(
                            "the server %s (pid %d) %s; %s"
                                    .formatted(
                                            server.address(),
                                            server.process().pid(),
                                            server.end(),
                                            alive.isEmpty() ? "none is left" : "the others go on"));
                }
            }
        }
    }

    private void greet() {
        List<ServerChild> servers = group.all();
        List<Line> lines = new ArrayList<>();
        lines.add(Line.empty());
        lines.add(
                Line.of(Style.BOLD_GREEN, terminal.symbols().success() + " Millwright is up")
                        .add(
                                Style.DIM,
                                "  (%d servers, Ctrl-C stops them)".formatted(servers.size())));
        servers.forEach(server ->
                lines.add(
                        Line.empty()
                                .add("    ")
                                .add(Style.BOLD, server.address().toString())
                                .add(Style.DIM, "  pid " + server.process().pid())));
        lines.add(Line.of(Style.DIM, "  in another terminal:"));
        List.of(
                        "export MILLWRIGHT_SERVER=" + servers.getFirst().address(),
                        "export MILLWRIGHT_KEY=$(cat %s)".formatted(group.key()),
                        "millwright get servers",
                        "millwright node token")
                .forEach(text -> lines.add(Line.empty().add("    " + text)));
        lines.add(Line.empty());
        terminal.lines(lines);
    }
}
