package dev.millwright.node.process;

import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turn the parameters of a `process` leaf into what is to be executed.
///
/// Either `{"script": "...", "shell": ["sh", "-e"]}` or `{"argv": ["make", "test"], "style":
/// "bass"}`, the style being optional.
final class StepCommand {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");
    private static final int ARGUMENT_LIMIT = 16 * 1024;
    private static final int VARIABLE_LIMIT = 128 * 1024 - 1;

    private StepCommand() {}

    /// @param usualShell for a script that names none
    static List<String> of(WorkOrder order, List<String> usualShell) {
        checkDirectory(order);
        checkEnvironment(order.environment());
        List<String> argv = order.parameters().texts("argv");
        if (!argv.isEmpty()) {
            List<String> command = new ArrayList<>(resolved(argv, "program", order));
            order.parameters()
                    .text("style")
                    .ifPresent(style -> command.addAll(arguments(style, order)));
            return command;
        }
        String script =
                order.parameters()
                        .text("script")
                        .orElseThrow(() ->
                                new RunnerException("the step has neither a script nor an argv"));
        List<String> shell = order.parameters().texts("shell");
        List<String> command =
                new ArrayList<>(resolved(shell.isEmpty() ? usualShell : shell, "shell", order));
        addScript(command, script, order.home());
        return command;
    }

    /// What programs of that style are called with besides.
    private static List<String> arguments(String style, WorkOrder order) {
        if (!style.equals("bass")) {
            throw new RunnerException(
                    "style '%s' is unknown; the only one is 'bass'".formatted(style));
        }
        return BassArguments.of(order.environment());
    }

    /// Shells take a script as an argument, which costs no file; other interpreters take a file.
    private static void addScript(List<String> command, String script, Path home) {
        String shell = Path.of(command.getFirst()).getFileName().toString();
        if (command.getLast().equals("-c")) {
            command.add(script);
        } else if (SHELLS.contains(shell) && script.length() < ARGUMENT_LIMIT) {
            command.addAll(List.of("-c", script, shell));
        } else {
            command.add(write(script, home));
        }
    }

    private static List<String> resolved(List<String> argv, String what, WorkOrder order) {
        String path = order.environment().getOrDefault("PATH", NodeEnvironment.path());
        String program =
                ProgramSearch.find(argv.getFirst(), path, order.directory())
                        .orElseThrow(() -> new RunnerException(missing(what, argv, path)));
        List<String> command = new ArrayList<>(argv);
        command.set(0, program);
        return command;
    }

    private static String missing(String what, List<String> argv, String path) {
        String name = argv.getFirst();
        return name.contains("/")
                ? "%s '%s' does not exist in the step's directory".formatted(what, name)
                : "%s '%s' is not on this node; looked in %s".formatted(what, name, path);
    }

    private static String write(String script, Path home) {
        Path file = home.resolve("script");
        try {
            Files.writeString(file, script.endsWith("\n") ? script : script + "\n");
            return file.toString();
        } catch (IOException full) {
            throw new RunnerException("cannot write the script to " + file, full);
        }
    }

    private static void checkDirectory(WorkOrder order) {
        if (!Files.isDirectory(order.directory())) {
            throw new RunnerException("directory '%s' does not exist".formatted(order.directory()));
        }
    }

    /// The kernel and Java refuse these with words that help nobody.
    private static void checkEnvironment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf(0) >= 0) {
                throw new RunnerException(
                        "'%s' cannot be the name of an environment variable"
                                .formatted(name.replace('\0', '?')));
            }
            if (value.indexOf(0) >= 0) {
                throw new RunnerException(
                        "environment variable '%s' holds a NUL character".formatted(name));
            }
            if (value.length() + name.length() + 1 >= VARIABLE_LIMIT) {
                throw new RunnerException(
                        "environment variable '%s' has %,d characters; the limit is 128 KiB"
                                .formatted(name, value.length()));
            }
        });
    }
}
