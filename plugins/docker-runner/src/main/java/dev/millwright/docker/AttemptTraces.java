package dev.millwright.docker;

import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What a next life of the node has to know of an attempt, in files of the attempt's folder:
/// whether its container may have been started, and how it ended. Usable from any thread.
record AttemptTraces(Path home) {
    private static final String EXITED = "exited ";

    private Path started() {
        return home.resolve("started");
    }

    private Path ended() {
        return home.resolve("ended");
    }

    /// The container is about to be started.
    void starting() {
        try {
            Files.writeString(started(), "");
        } catch (IOException full) {
            throw new RunnerException("%s cannot be written".formatted(started()), full);
        }
    }

    void notStarted() {
        try {
            Files.deleteIfExists(started());
        } catch (IOException broken) {
            throw new RunnerException("%s cannot be deleted".formatted(started()), broken);
        }
    }

    boolean mayHaveStarted() {
        return Files.exists(started());
    }

    /// Written whole before the container, which tells the same, is removed.
    void end(Result result) {
        String text =
                switch (result) {
                    case Result.Exited(int code) -> EXITED + code;
                    case Result.Broken(String cause, String message) -> cause + " " + message;
                };
        try {
            Path half = Files.writeString(home.resolve("ended.part"), text);
            Files.move(half, ended(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            throw new RunnerException("%s cannot be written".formatted(ended()), full);
        }
    }

    /// Empty when it has not ended yet, as far as anybody knows.
    Optional<Result> result() {
        try {
            String text = Files.exists(ended()) ? Files.readString(ended()) : "";
            if (text.isEmpty()) {
                return Optional.empty();
            }
            String[] parts = text.split(" ", 2);
            return Optional.of(
                    text.startsWith(EXITED)
                            ? new Result.Exited(Integer.parseInt(parts[1]))
                            : new Result.Broken(parts[0], parts[1]));
        } catch (IOException unreadable) {
            throw new RunnerException("%s cannot be read".formatted(ended()), unreadable);
        }
    }
}
