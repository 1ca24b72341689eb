package dev.millwright.cli.launch;

import dev.millwright.model.MillwrightException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Starts other parts of Millwright, the server above all, through the script `./millwright` that
/// started this process. Any thread.
///
/// @param script path of the launcher script
public record Launcher(Path script) {
    private static final Set<String> KEPT =
            Set.of(
                    "MILLWRIGHT_BUILD",
                    "MILLWRIGHT_JAVA_HOME",
                    "MILLWRIGHT_JAVA_OPTS",
                    "MILLWRIGHT_AOT");

    /// A server that sees this ends when its standard input does, that is with this process, even
    /// if that is killed.
    private static final String ENDS_WITH_PARENT = "MILLWRIGHT_ENDS_WITH_PARENT";

    private static final List<String> CLIENT =
            List.of("MILLWRIGHT_SERVER", "MILLWRIGHT_KEY", "MILLWRIGHT_NAMESPACE");

    /// The launcher of this process; empty when it was started without one, as from a test.
    public static Optional<Launcher> find() {
        return Optional.ofNullable(System.getProperty("millwright.launcher"))
                .map(path -> new Launcher(Path.of(path)));
    }

    /// The launcher of this process, or an exception that says how to start it.
    public static Launcher require() {
        return find().orElseThrow(() ->
                new MillwrightException("the launcher is unknown; start this with ./millwright"));
    }

    /// Run a part to its end on this terminal and give its exit code.
    public int run(List<String> arguments) {
        try {
            return builder(arguments).inheritIO().start().waitFor();
        } catch (IOException refused) {
            throw refused(refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillwrightException("interrupted", stopped);
        }
    }

    /// Start a part that writes to this terminal.
    public Child start(List<String> arguments) {
        try {
            ProcessBuilder builder = builder(arguments);
            builder.environment().put(ENDS_WITH_PARENT, "true");
            return new Child(
                    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    /// Start a part on its own, its output appended to a file.
    public Child start(List<String> arguments, Path log) {
        try {
            ProcessBuilder builder = builder(arguments);
            // Settings of other servers are none of this one.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("MILLWRIGHT_") && !KEPT.contains(name));
            builder.environment().put(ENDS_WITH_PARENT, "true");
            return new Child(
                    builder.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // What runs now is built; the child must be the very same.
        builder.environment().put("MILLWRIGHT_BUILD", "never");
        CLIENT.forEach(builder.environment()::remove);
        return builder;
    }

    private MillwrightException refused(IOException why) {
        return new MillwrightException(
                "%s cannot be started: %s".formatted(script, why.getMessage()), why);
    }
}
