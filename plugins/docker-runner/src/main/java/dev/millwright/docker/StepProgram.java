package dev.millwright.docker;

import dev.millwright.docker.settings.ContainerStep;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the first process of a step's container is.
///
/// @param entrypoint in place of the image's; empty: the image's own
/// @param command in place of the image's; empty: the image's own
/// @param script a file that it reads, outside of the workspace
record StepProgram(List<String> entrypoint, List<String> command, Optional<Path> script) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");
    private static final List<String> USUAL_SHELL = List.of("sh", "-e");

    /// The kernel takes 128 KiB.
    private static final int ARGUMENT_LIMIT = 64 * 1024;

    /// The first process of a container gets no signal that it does not ask for, and nothing hands
    /// TERM on to its children. This one does both, for all that runs in the container.
    ///
    /// A signal ends `wait` with a code of its own, so the code counts only where no signal came in
    /// between. Where one did, asking again gives the right one, or 127 when it was right before.
    private static final String FIRST =
            """
            trap 'told=1; kill -TERM -1 2>/dev/null' TERM
            "$@" &
            child=$!
            known=
            while :; do
              told=
              wait "$child"
              code=$?
              [ "$code" = 127 ] && [ "$known" ] && exit "$known"
              [ "$told" ] || exit "$code"
              known=$code
            done
            """;

    static StepProgram of(WorkOrder order, ContainerStep step) {
        if (step.script().isPresent()) {
            return script(order, step.script().get(), step.shell());
        }
        if (!step.entrypoint().isEmpty()) {
            return new StepProgram(step.entrypoint(), step.argv(), Optional.empty());
        }
        return new StepProgram(step.argv(), List.of(), Optional.empty());
    }

    private static StepProgram script(WorkOrder order, String script, List<String> wanted) {
        List<String> command = new ArrayList<>(wanted.isEmpty() ? USUAL_SHELL : wanted);
        String shell = Path.of(command.getFirst()).getFileName().toString();
        Optional<Path> file = Optional.empty();
        if (command.getLast().equals("-c")) {
            command.add(script);
        } else if (SHELLS.contains(shell) && script.length() < ARGUMENT_LIMIT) {
            command.addAll(List.of("-c", script, shell));
        } else {
            file = Optional.of(written(order.home().resolve("script"), script));
            command.add(file.get().toString());
        }
        return SHELLS.contains(shell)
                ? new StepProgram(List.of("sh", "-c", FIRST, "millwright"), command, file)
                : new StepProgram(command, List.of(), file);
    }

    private static Path written(Path file, String script) {
        try {
            return Files.writeString(file, script.endsWith("\n") ? script : script + "\n");
        } catch (IOException full) {
            throw new RunnerException("cannot write the script to " + file, full);
        }
    }
}
