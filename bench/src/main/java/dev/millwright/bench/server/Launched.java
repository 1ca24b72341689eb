package dev.millwright.bench.server;

import dev.millwright.bench.measure.BenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Processes that the launcher starts, as users start them.
final class Launched {
    private static final Set<String> KEPT =
            Set.of("MILLWRIGHT_JAVA_HOME", "MILLWRIGHT_JAVA_OPTS", "MILLWRIGHT_AOT");

    private Launched() {}

    /// A command line of `./millwright` that is not started yet, free of this machine's own
    /// settings; what it prints goes behind what the file holds.
    static ProcessBuilder command(Path log, List<String> words) {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("MILLWRIGHT_") && !KEPT.contains(name));
        // What is measured was built before; nothing may be built while it starts
        builder.environment().put("MILLWRIGHT_BUILD", "never");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private static String launcher() {
        String launcher = System.getProperty("millwright.launcher");
        if (launcher == null) {
            throw new BenchException("the launcher is unknown; start this with ./millwright bench");
        }
        return launcher;
    }
}
