package dev.millwright.node.git;

import dev.millwright.node.process.Command;
import dev.millwright.node.process.CommandResult;
import dev.millwright.node.process.NodeEnvironment;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the node's own `git`, so that its credentials work, with everything switched off that would
/// run code or ask questions. Called from any thread.
public final class GitCommand {
    private final GitSettings settings;

    public GitCommand(GitSettings settings) {
        this.settings = settings;
    }

    /// Run git and give what it printed. Throws [GitException] with git's own words.
    public String run(Path directory, String... arguments) {
        CommandResult result = attempt(directory, List.of(arguments));
        if (!result.isSuccess()) {
            throw failed(List.of(arguments), result);
        }
        return result.out().strip();
    }

    /// Run git and give how it ended, whatever that is.
    public CommandResult attempt(Path directory, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("git"));
        option(argv, "core.hooksPath=/dev/null");
        option(argv, "core.fsmonitor=false");
        option(argv, "advice.detachedHead=false");
        option(argv, "gc.auto=0");
        option(argv, "protocol.allow=never");
        option(argv, "protocol.https.allow=always");
        option(argv, "protocol.ssh.allow=always");
        option(argv, "protocol.http.allow=" + (settings.allowHttp() ? "always" : "never"));
        option(argv, "protocol.file.allow=" + (settings.allowFile() ? "always" : "never"));
        argv.addAll(arguments);
        Map<String, String> environment = new TreeMap<>(NodeEnvironment.forSteps());
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_CONFIG_NOSYSTEM", "0");
        environment.put("GIT_LFS_SKIP_SMUDGE", "1");
        environment.put("LC_ALL", "C");
        try {
            return new Command(argv, directory, environment, settings.timeout()).run();
        } catch (UncheckedIOException missing) {
            throw new GitException("git cannot be started; is it installed?", missing);
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
    static GitException failed(List<String> arguments, CommandResult result) {
        String words = result.err().isBlank() ? result.out() : result.err();
        String end =
                result.timedOut()
                        ? "took too long and was stopped"
                        : "ended with exit code " + result.exitCode();
        return new GitException(
                GitUrl.withoutCredentials(
                        "'git %s' %s: %s"
                                .formatted(String.join(" ", arguments), end, words.strip())));
    }
}
