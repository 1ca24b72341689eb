package dev.millwright.server;

import dev.millwright.model.MillwrightException;
import dev.millwright.server.config.ConfigException;
import dev.millwright.server.config.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts a server: `millwright server [flags]`. Also `config show [--origin]` and `config check`.
///
/// Ends with 2 when the configuration is wrong, with 5 when the server cannot start.
public final class ServerMain {
    private static final int WRONG_USE = 2;
    private static final int CANNOT_START = 5;

    private ServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int code = run(List.of(arguments), System.getenv(), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(
            List<String> arguments,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err)
            throws InterruptedException {
        try {
            if (!arguments.isEmpty() && arguments.getFirst().equals("config")) {
                return config(arguments.subList(1, arguments.size()), environment, out);
            }
            if (arguments.contains("--help") || arguments.contains("-h")) {
                help(out);
                return 0;
            }
            ServerConfig config = ServerConfig.load(arguments, environment);
            System.setProperty("millwright.log.level", config.log().level());
            return serve(config, environment, out);
        } catch (ConfigException wrong) {
            wrong.problems().forEach(problem -> err.println("error: " + problem));
            return WRONG_USE;
        } catch (MillwrightException refused) {
            err.println("error: the server cannot start: " + refused.getMessage());
            return CANNOT_START;
        }
    }

    private static void help(PrintStream out) {
        out.println("Usage: millwright server [--KEY=VALUE]...");
        out.println("Run the server in the foreground; 'config show' tells what is in force.");
        out.println();
        out.print(ServerConfig.help());
    }

    private static int config(
            List<String> arguments, Map<String, String> environment, PrintStream out) {
        List<String> flags = new ArrayList<>(arguments);
        String verb = flags.isEmpty() ? "show" : flags.removeFirst();
        boolean origin = flags.remove("--origin");
        ServerConfig config = ServerConfig.load(flags, environment);
        if (verb.equals("check")) {
            config.warnings().forEach(warning -> out.println("warning: " + warning));
            out.println("the configuration is fine");
        } else {
            out.print(config.show(origin));
        }
        return 0;
    }

    private static int serve(ServerConfig config, Map<String, String> environment, PrintStream out)
            throws InterruptedException {
        Instant began = Instant.now();
        Logger log = LoggerFactory.getLogger(ServerMain.class);
        // Not before: who asks for a log while it is set up gets one that keeps what it is told
        HeadStart.begin();
        log.info(
                "Millwright {} starts; data: {}; database: {}",
                ServerWiring.VERSION,
                config.dataDir(),
                config.database().url().isEmpty() ? "embedded" : config.database().url());
        config.warnings().forEach(log::warn);
        CountDownLatch stopped = new CountDownLatch(1);
        RunningServer server = ServerWiring.start(config, freePort(config.port()), environment);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("shutdown")
                                .unstarted(() -> {
                                    log.info("stopping; running steps go on");
                                    server.close();
                                    stopped.countDown();
                                }));
        server.keys()
                .made()
                .ifPresent(key ->
                        out.println(
                                "administrator key (shown once, kept in %s): %s"
                                        .formatted(server.keys().file(), key)));
        log.info(
                "Millwright {} listens on {} ({} ms)",
                ServerWiring.VERSION,
                config.baseUrl(server.port()),
                Duration.between(began, Instant.now()).toMillis());
        if (environment.containsKey(ParentWatch.VARIABLE)) {
            ParentWatch.start(System.in, () -> System.exit(0));
        }
        if (environment.containsKey(Rehearsal.VARIABLE)) {
            rehearse(server, config.dataDir().resolve("rehearsal"));
            return 0;
        }
        stopped.await();
        return 0;
    }

    private static void rehearse(RunningServer server, Path folder) throws InterruptedException {
        try (server) {
            Rehearsal.play(
                    "http://127.0.0.1:" + server.port(),
                    server.keys().made().orElse("none"),
                    folder);
        } catch (IOException unanswered) {
            throw new MillwrightException("the rehearsal failed", unanswered);
        }
    }

    /// Links to the server are made before it listens, so the port has to be known by then.
    private static int freePort(int wanted) {
        if (wanted != 0) {
            return wanted;
        }
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new MillwrightException("there is no free port", none);
        }
    }
}
