package dev.millwright.node.git;

import dev.millwright.node.RepositoryLogin;
import dev.millwright.node.process.Command;
import dev.millwright.node.process.CommandResult;
import dev.millwright.node.process.NodeEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Runs the node's own `git`, so that its credentials work, with everything switched off that would
/// run code or ask questions. Called from any thread.
final class GitCommand {
    /// Of the node's environment git gets these besides `HOME`, `PATH` and the like: where
    /// credentials, certificates and proxies are.
    private static final List<String> AMBIENT =
            List.of(
                    "SSH_AUTH_SOCK",
                    "GIT_SSH",
                    "GIT_SSH_COMMAND",
                    "GIT_SSL_CAINFO",
                    "GIT_SSL_CAPATH",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR",
                    "XDG_CONFIG_HOME",
                    "http_proxy",
                    "https_proxy",
                    "no_proxy",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "NO_PROXY",
                    "ALL_PROXY",
                    "all_proxy");

    private static final List<String> PROXIES =
            List.of(
                    "http_proxy",
                    "https_proxy",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "ALL_PROXY",
                    "all_proxy");

    /// What a submodule holds is not counted before git reads it into memory.
    private static final String PARTS = "submodule";

    /// Commands that talk to other machines.
    private static final List<String> TALKING = List.of("fetch", "ls-remote", PARTS, "lfs pull");

    private static final List<String> WITH_BOUNDED_MEMORY =
            List.of("sh", "-c", "ulimit -d 4194304 2>/dev/null; exec \"$@\"", "sh");

    private final GitSettings settings;
    private final Map<String, String> environment;
    private final Proof.Source proofs;
    private volatile @Nullable Boolean proxied;

    GitCommand(GitSettings settings) {
        this(settings, environment(), Proof.Source.NOBODY, null);
    }

    private GitCommand(
            GitSettings settings,
            Map<String, String> environment,
            Proof.Source proofs,
            @Nullable Boolean proxied) {
        this.settings = settings;
        this.environment = environment;
        this.proofs = proofs;
        this.proxied = proxied;
    }

    /// The same for whoever can prove to a repository who asks. Only commands that talk to other
    /// machines get the proof.
    GitCommand proving(Proof.Source source) {
        Boolean known = settings.wall().isOpen() ? proxied : Boolean.valueOf(hasProxy());
        return new GitCommand(settings, environment, source, known);
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(NodeEnvironment.forSteps());
        for (String name : AMBIENT) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        // Nobody is there to answer, neither on the terminal nor in a window
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("SSH_ASKPASS", "/bin/false");
        environment.put("SSH_ASKPASS_REQUIRE", "force");
        environment.put("GIT_LFS_SKIP_SMUDGE", "1");
        // Messages that can be searched for
        environment.put("LC_ALL", "C");
        return Map.copyOf(environment);
    }

    /// Run git and give what it printed. Throws [GitException] with git's own words.
    String run(Path directory, List<String> arguments) {
        CommandResult result = attempt(directory, arguments);
        check(arguments, result);
        return result.out().strip();
    }

    /// Throws [GitException] with git's own words when that was no success.
    void check(List<String> arguments, CommandResult result) {
        if (!result.isSuccess()) {
            throw failed(arguments, result, proofs.login());
        }
    }

    String run(Path directory, String... arguments) {
        return run(directory, List.of(arguments));
    }

    /// Run git, but no further than the watch lets it. Throws a [GitException] about the room that
    /// is missing, or one with git's own words.
    void run(Path directory, SizeWatch watch, List<String> arguments) {
        CommandResult result = attempt(directory, arguments, command -> command.run(watch));
        Optional<GitException> refusal = watch.refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        check(arguments, result);
    }

    /// Run git and hand on what it prints, as it comes.
    CommandResult attempt(Path directory, OutputStream printed, List<String> arguments) {
        return attempt(directory, arguments, command -> command.run(printed));
    }

    /// Run git and give how it ended, whatever that is.
    CommandResult attempt(Path directory, List<String> arguments) {
        return attempt(directory, arguments, Command::run);
    }

    /// How a command is run.
    private interface Way {
        CommandResult run(Command command) throws InterruptedException;
    }

    private CommandResult attempt(Path directory, List<String> arguments, Way way) {
        List<String> argv = new ArrayList<>();
        String name = name(arguments);
        if (name.equals(PARTS)) {
            argv.addAll(WITH_BOUNDED_MEMORY);
        }
        argv.add("git");
        option(argv, "core.hooksPath=/dev/null");
        option(argv, "core.fsmonitor=false");
        option(argv, "gc.auto=0");
        option(argv, "maintenance.auto=false");
        option(argv, "protocol.allow=never");
        option(argv, "protocol.https.allow=always");
        option(argv, "protocol.ssh.allow=always");
        option(argv, "protocol.http.allow=" + (settings.allowHttp() ? "always" : "never"));
        // "user": what a repository names as its submodule is no file of this machine
        option(argv, "protocol.file.allow=" + (settings.allowFile() ? "user" : "never"));
        if (!TALKING.contains(name)) {
            argv.addAll(arguments);
            return start(argv, directory, environment, way);
        }
        try (Proof proof = proofs.open(environment)) {
            proof.options().forEach(setting -> option(argv, setting));
            Map<String, String> variables = new TreeMap<>(environment);
            variables.putAll(proof.variables());
            if (isWalled()) {
                return throughGate(argv, arguments, directory, variables, way);
            }
            argv.addAll(arguments);
            return start(argv, directory, variables, way);
        }
    }

    /// The command itself, such as `fetch` or `lfs pull`, before which there are only settings.
    static String name(List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).equals("-c")) {
            at += 2;
        }
        List<String> rest = arguments.subList(Math.min(at, arguments.size()), arguments.size());
        int words = rest.isEmpty() || !rest.getFirst().equals("lfs") ? 1 : 2;
        return String.join(" ", rest.subList(0, Math.min(words, rest.size())));
    }

    /// A proxy that the machine has takes the place of the gate: it knows names that nobody knows
    /// here, and decides itself.
    private boolean isWalled() {
        return !settings.wall().isOpen() && !hasProxy();
    }

    private boolean hasProxy() {
        Boolean known = proxied;
        if (known == null) {
            known =
                    environment.keySet().stream().anyMatch(PROXIES::contains)
                            || start(
                                            List.of(
                                                    "git",
                                                    "config",
                                                    "--get-regexp",
                                                    "^http\\.(.*\\.)?proxy$"),
                                            Path.of("/"),
                                            environment,
                                            Command::run)
                                    .isSuccess();
            proxied = known;
        }
        return known;
    }

    private CommandResult throughGate(
            List<String> argv,
            List<String> arguments,
            Path directory,
            Map<String, String> variables,
            Way way) {
        try (GitGate gate = GitGate.open(settings.wall())) {
            option(argv, "http.proxy=" + gate.proxy());
            argv.addAll(arguments);
            Map<String, String> without = new TreeMap<>(variables);
            // Exceptions from the machine's proxy, which there is none of, are none from the gate
            without.keySet().removeAll(List.of("no_proxy", "NO_PROXY"));
            CommandResult result = start(argv, directory, without, way);
            return result.isSuccess() || gate.refusals().isEmpty()
                    ? result
                    : result.withErr(String.join("\n", gate.refusals()) + "\n" + result.err());
        } catch (IOException full) {
            throw new GitException("git has no way out: " + full.getMessage(), full);
        }
    }

    private CommandResult start(
            List<String> argv, Path directory, Map<String, String> variables, Way way) {
        try {
            return way.run(new Command(argv, directory, variables, settings.timeout()));
        } catch (UncheckedIOException missing) {
            throw new GitException(
                    "git cannot be started; is it installed on this node? " + missing.getMessage(),
                    missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new GitException("git was interrupted", stopped);
        }
    }

    private static void option(List<String> argv, String setting) {
        argv.add("-c");
        argv.add(setting);
    }

    /// The exception for a command that said no.
    private static GitException failed(
            List<String> arguments, CommandResult result, RepositoryLogin login) {
        String words = result.err().isBlank() ? result.out() : result.err();
        String end =
                result.timedOut()
                        ? "took too long and was stopped"
                        : "ended with exit code " + result.exitCode();
        return new GitException(GitRefusal.message(arguments, end, words, login));
    }
}
