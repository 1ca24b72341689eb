package dev.millwright.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// The file that steps append to, each with one write: what was really carried out, told by nobody
/// who is being judged.
///
/// Its pipeline `truth` has steps that write `RUN STEP`.
record Truth(Path file) {
    static Truth in(Path folder) {
        return new Truth(folder.resolve("truth"));
    }

    /// A pipeline of so many steps one after another, each of which takes so long.
    ///
    /// @param seconds of each step
    String pipeline(int steps, double seconds) {
        String list =
                IntStream.range(0, steps)
                        .mapToObj(i ->
                                "    - commands: ['echo \"$MILLWRIGHT_RUN_ID %d\" >> \"$TRUTH\"', 'sleep %s']\n"
                                        .formatted(i, seconds))
                        .reduce("", String::concat);
        return """
        apiVersion: v1alpha
        kind: Pipeline
        metadata: {name: truth}
        spec:
          webhook: {open: true}
          environment: {TRUTH: "%s"}
          steps:
        """
                        .formatted(file)
                + list;
    }

    /// What has been carried out so far, in order.
    List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// What has to be carried out, each exactly once, by these runs of the pipeline.
    static List<String> expected(List<String> runs, int steps) {
        return runs.stream()
                .flatMap(run -> IntStream.range(0, steps).mapToObj(step -> run + " " + step))
                .toList();
    }
}
