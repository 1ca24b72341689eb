package dev.millwright.cli.server;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Child;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.launch.Launcher;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright up`.
@Command(
        name = "up",
        description = {
            "Start a server here, in the foreground, and say what to do next.",
            "Settings of the server without an option here follow after '--', for example:",
            "millwright up --servers 3 --database postgresql://ci@db/ci -- --node-slots=4"
        })
public final class UpCommand extends BaseCommand {
    /// Exit codes from here on tell of a signal.
    private static final int KILLED = 128;

    private static final int MOST_SERVERS = 9;
    private static final int PORT = 8080;
    private static final int LINK_PORT = 10_001;

    /// What is said with an option of this command, and not as a setting.
    private static final Set<String> OPTIONS =
            Set.of("--port", "--link-port", "--data-dir", "--database", "--servers");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on (default: 8080)")
    private @Nullable Integer port;

    @Option(
            names = "--link-port",
            paramLabel = "PORT",
            description = "Port on which nodes come in (default: 10001)")
    private @Nullable Integer linkPort;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "Such as postgresql://ci@db/millwright (default: embedded)")
    private @Nullable String database;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the server keeps its data")
    private @Nullable String dataDir;

    @Option(
            names = "--servers",
            paramLabel = "N",
            description =
                    "Start that many on one PostgreSQL, for a trial (default: 1); each gets the next "
                            + "port, the next port for nodes, and a folder in --data-dir")
    private int servers = 1;

    @Parameters(
            paramLabel = "-- --KEY=VALUE",
            arity = "0..*",
            description = "Settings of the server; see 'millwright config show'")
    private List<String> settings = new ArrayList<>();

    public UpCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        checkSettings();
        if (servers != 1) {
            return several();
        }
        int wanted = FreePort.exactly(port());
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Interrupts _ = Interrupts.listen(() -> interrupted.set(true))) {
            URI address = URI.create("http://127.0.0.1:" + wanted);
            List<String> command = command(wanted);
            Launcher launcher = Launcher.require();
            terminal().note("starting a server at %s; its log follows here ...".formatted(address));
            Child process = launcher.start(command);
            ServerChild server = new ServerChild(process, address);
            Thread last = new Thread(server::stop, "stop-server");
            Runtime.getRuntime().addShutdownHook(last);
            boolean ready = server.awaitReady(() -> !interrupted.get());
            if (ready) {
                greet(server);
            } else if (!interrupted.get()) {
                return failed(server);
            }
            while (!interrupted.get() && !process.await(Duration.ofMillis(200))) {
                // The server works; there is nothing to do but to wait for an end.
            }
            if (interrupted.get()) {
                terminal().note("stopping the server ...");
                server.stop();
                return ExitCode.OK;
            }
            lastWords(server).ifPresent(terminal()::note);
            return process.exitCode() == 0 ? ExitCode.OK : ExitCode.SERVER;
        }
    }

    /// What to say of a server that has ended; empty when it has said itself why.
    static Optional<String> lastWords(ServerChild server) {
        return server.wasKilled()
                ? Optional.of(
                        "the server %s %s; running steps go on; start it again with 'millwright up'"
                                .formatted(server.address(), server.end()))
                : Optional.empty();
    }

    private int several() {
        if (servers < 1 || servers > MOST_SERVERS) {
            throw CliException.usage(
                    "--servers %d: 1 to %d are possible".formatted(servers, MOST_SERVERS));
        }
        DatabaseAddress address =
                Optional.ofNullable(database)
                        .or(() -> around.variable("MILLWRIGHT_DATABASE_URL"))
                        .map(DatabaseAddress::parse)
                        .filter(DatabaseAddress::isShared)
                        .orElseThrow(() ->
                                CliException.usage(
                                        "several servers need a PostgreSQL database: --database postgresql://USER@HOST/NAME"));
        ServerGroup.Plan plan =
                new ServerGroup.Plan(
                        folder(),
                        port(),
                        number(linkPort, "MILLWRIGHT_LINK_PORT", LINK_PORT),
                        address,
                        settings);
        return new ServerGroupUp(terminal(), new ServerGroup(plan)).run(servers);
    }

    private void checkSettings() {
        for (String setting : settings) {
            String flag = setting.replaceFirst("=.*", "");
            if (!flag.startsWith("--")) {
                throw CliException.usage(
                        "'%s' is no setting; settings look like --node-slots=4".formatted(setting));
            }
            if (OPTIONS.contains(flag)) {
                throw CliException.usage("%s belongs before the '--'".formatted(flag));
            }
        }
    }

    private Path folder() {
        return Optional.ofNullable(dataDir)
                .or(() -> around.variable("MILLWRIGHT_DATA_DIR"))
                .or(() -> around.variable("XDG_DATA_HOME").map(base -> base + "/millwright"))
                .or(() -> around.variable("HOME").map(home -> home + "/.local/share/millwright"))
                .map(text -> around.directory().resolve(text))
                .orElseThrow(() -> CliException.usage("where? --data-dir DIR"));
    }

    private static int failed(ServerChild server) {
        Child process = server.process();
        if (!process.isAlive() && process.exitCode() < KILLED) {
            // It has said why, on this very terminal.
            return process.exitCode() == ExitCode.USAGE ? ExitCode.USAGE : ExitCode.SERVER;
        }
        CliException failure = server.failure(List.of());
        server.stop();
        throw failure;
    }

    private int port() {
        return number(port, "MILLWRIGHT_PORT", PORT);
    }

    private int number(@Nullable Integer given, String variable, int usual) {
        if (given != null) {
            return given;
        }
        String text = around.variable(variable).orElse(Integer.toString(usual));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw CliException.usage("%s=%s is not a port".formatted(variable, text));
        }
    }

    private List<String> command(int wanted) {
        List<String> command = new ArrayList<>(List.of("server"));
        command.addAll(settings);
        command.addAll(List.of("--port", Integer.toString(wanted)));
        Integer link = linkPort;
        if (link != null) {
            command.addAll(
                    List.of(
                            "--link-port",
                            Integer.toString(FreePort.exactly(link, "--link-port"))));
        }
        String url = database;
        if (url != null) {
            command.addAll(DatabaseAddress.parse(url).flags());
        }
        String directory = dataDir;
        if (directory != null) {
            command.addAll(List.of("--data-dir", Path.of(directory).toAbsolutePath().toString()));
        }
        return command;
    }

    private void greet(ServerChild server) {
        String address = server.address().toString();
        String prefix = port == null ? "" : "export MILLWRIGHT_SERVER=" + address;
        String key =
                dataDir == null
                        ? ""
                        : "export MILLWRIGHT_KEY=$(cat %s)"
                                .formatted(Path.of(dataDir).toAbsolutePath().resolve("admin.key"));
        List<Line> lines = new ArrayList<>();
        lines.add(Line.empty());
        lines.add(
                Line.of(Style.BOLD_GREEN, terminal().symbols().success() + " Millwright is up")
                        .add("  ")
                        .add(Style.BOLD, address)
                        .add(
                                Style.DIM,
                                "  (pid %d, Ctrl-C stops it)".formatted(server.process().pid())));
        lines.add(Line.of(Style.DIM, "  in another terminal:"));
        List.of(
                        prefix,
                        key,
                        "millwright apply -f pipeline.yaml",
                        "millwright run NAME --follow",
                        "millwright runs")
                .stream()
                .filter(text -> !text.isEmpty())
                .map(text -> Line.empty().add("    " + text))
                .forEach(lines::add);
        lines.add(Line.empty());
        terminal().lines(lines);
    }
}
