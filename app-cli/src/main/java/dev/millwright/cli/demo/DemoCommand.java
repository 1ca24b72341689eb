package dev.millwright.cli.demo;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Pause;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.launch.Launcher;
import dev.millwright.cli.launch.TemporaryFolder;
import dev.millwright.cli.remote.RunFollower;
import dev.millwright.cli.server.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `millwright demo`.
@Command(
        name = "demo",
        description = "Show it all: a repository, a server, and a pipeline that a push starts")
public final class DemoCommand extends BaseCommand {
    private static final int USUAL_PORT = 8080;
    private static final String CONTAINERS = "docker-runner";

    /// A big image takes longer than somebody looks on.
    private static final Duration ENGINE_PATIENCE = Duration.ofSeconds(20);

    @Option(names = "--exit", description = "Stop everything when the run is over")
    private boolean exit;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the server (default: 8080, or another one when that is taken)")
    private @Nullable Integer port;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "Make everything in this folder and leave it there; "
                            + "a demo that is there already goes on")
    private @Nullable String keep;

    private final AtomicBoolean interrupted = new AtomicBoolean();

    public DemoCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Integer wanted = port;
        int free = wanted == null ? FreePort.near(USUAL_PORT) : FreePort.exactly(wanted);
        Launcher launcher = Launcher.require();
        Path folder = folder();
        DemoServer server = new DemoServer(launcher, folder, free);
        Thread last = new Thread(server::stop, "stop-server");
        Runtime.getRuntime().addShutdownHook(last);
        try (Interrupts _ = Interrupts.listen(() -> interrupted.set(true))) {
            return show(launcher, folder, server);
        } finally {
            server.stop();
            if (keep == null) {
                TemporaryFolder.delete(folder);
            }
        }
    }

    private int show(Launcher launcher, Path folder, DemoServer server) {
        DemoScreen screen = new DemoScreen(terminal());
        Optional<DemoRepository> earlier = DemoRepository.open(folder);
        String noContainers = new DemoEngine(around.environment(), ENGINE_PATIENCE).absence();
        DemoRepository repository = earlier.orElseGet(() -> make(folder, noContainers.isEmpty()));
        screen.done("repository", repository.bare().toString());
        DemoForge forge = new DemoForge(folder);
        forge.prepare();
        server.install(DemoForge.PLUGIN);
        if (noContainers.isEmpty()) {
            server.install(CONTAINERS);
        }
        if (!start(screen, server, "server")) {
            return ExitCode.INTERRUPTED;
        }
        try (MillwrightClient client = MillwrightClient.create(server.address(), server.key())) {
            screen.done("plugin", DemoForge.PLUGIN + ", which understands what GitHub sends");
            if (noContainers.isEmpty()) {
                screen.done("plugin", CONTAINERS + ", for a step in " + DemoEngine.IMAGE);
            } else {
                screen.say("  no step runs in a container: " + noContainers);
            }
            apply(client, repository, forge);
            screen.done("pipeline", "demo, from .millwright.yaml of the repository");
            DeliveryAccepted accepted =
                    earlier.isEmpty()
                            ? change(screen, repository, forge, server)
                            : again(screen, client);
            screen.blank();
            int code = new RunFollower(client, terminal()).follow(accepted.run(), Duration.ZERO);
            if (exit || interrupted.get() || code == ExitCode.INTERRUPTED) {
                return code;
            }
        }
        Hints hints = new Hints(around, launcher, server, repository);
        repository.installHook(server.address().toString(), hints.millwright());
        hints.print(screen);
        guard(screen, server);
        screen.say("stopping");
        return ExitCode.OK;
    }

    private static DemoRepository make(Path folder, boolean inContainer) {
        DemoRepository repository = DemoRepository.create(folder);
        repository.pushFirst(inContainer);
        return repository;
    }

    private DeliveryAccepted change(
            DemoScreen screen, DemoRepository repository, DemoForge forge, DemoServer server) {
        DemoRepository.Pushed pushed = repository.pushChange();
        DeliveryAccepted accepted = forge.push(server.address(), pushed);
        screen.done(
                "git push",
                "%.7s %s POST %s, signed as GitHub signs"
                        .formatted(pushed.commit(), terminal().symbols().arrow(), DemoForge.HOOK));
        return accepted;
    }

    /// What lies in the working copy of an earlier demo is the user's: nothing of it is pushed.
    private static DeliveryAccepted again(DemoScreen screen, MillwrightClient client) {
        DeliveryAccepted accepted =
                client.startRun(
                        "default", "demo", new StartRunRequest(Map.of(), null, null, "manual"));
        screen.done("run", "the newest commit, as in an earlier demo here");
        return accepted;
    }

    private boolean start(DemoScreen screen, DemoServer server, String what) {
        long start = System.nanoTime();
        boolean ready =
                server.start(
                        screen.waiting(
                                what, "starting at " + server.address(), () -> !interrupted.get()));
        if (ready) {
            screen.done(
                    what,
                    "%s  (pid %d, embedded database, ready in %s)"
                            .formatted(server.address(), server.pid(), DemoScreen.since(start)));
        }
        return ready;
    }

    private static void apply(MillwrightClient client, DemoRepository repository, DemoForge forge) {
        String document =
                DemoRepository.resource("resource.yaml")
                        .replace("@REPOSITORY@", repository.bare().toString())
                        .replace("@SECRET@", forge.secretFile().toString());
        ApplyResult result = client.apply(document, "default", false);
        if (!result.isAccepted()) {
            throw new CliException(
                    ExitCode.SERVER, "the server refused the pipeline: " + result.items());
        }
    }

    /// Stay until Ctrl-C; a server that somebody kills is started again.
    private void guard(DemoScreen screen, DemoServer server) {
        while (!interrupted.get()) {
            Pause.of(Duration.ofMillis(100));
            if (!server.isAlive() && !interrupted.get()) {
                screen.warning("server", "is gone; starting it again");
                start(screen, server, "server");
            }
        }
    }

    private Path folder() {
        String wanted = keep;
        try {
            if (wanted == null) {
                return TemporaryFolder.create("millwright-demo-");
            }
            Path folder = around.directory().resolve(wanted);
            Path made = Files.createDirectories(folder).toRealPath();
            if (Files.exists(made.resolve("greeter.git")) && DemoRepository.open(made).isEmpty()) {
                throw CliException.usage(
                        "%s holds a part of a demo; name another folder".formatted(wanted));
            }
            return made;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
