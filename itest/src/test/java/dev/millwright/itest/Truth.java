package dev.millwright.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
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
        return head() + list;
    }

    /// A pipeline of these steps, as they stand in its list.
    String of(String steps) {
        return head() + steps.indent(4);
    }

    private String head() {
        return """
        apiVersion: v1alpha
        kind: Pipeline
        metadata: {name: truth}
        spec:
          webhook: {open: true}
          environment: {TRUTH: "%s"}
          steps:
        """
                .formatted(file);
    }

    /// How many steps [#nested()] has.
    static final int NESTED = 3;

    /// Steps one after another and beside each other.
    String nested() {
        return head()
                + """
                    - {name: one, commands: ['echo "$MILLWRIGHT_RUN_ID 0" >> "$TRUTH"', sleep 0.05]}
                    - name: both
                      parallel:
                        - {name: two, commands: ['echo "$MILLWRIGHT_RUN_ID 1" >> "$TRUTH"', sleep 0.05]}
                        - sequence:
                            - {name: three, commands: ['echo "$MILLWRIGHT_RUN_ID 2" >> "$TRUTH"']}
                """;
    }

    /// A step that prints a line, waits for a file to be there, and prints another line; then a
    /// second step.
    String waiting(Path go) {
        return head()
                + """
                    - commands:
                        - 'echo "$MILLWRIGHT_RUN_ID 0" >> "$TRUTH"; echo first line'
                        - 'while [ ! -e "%s" ]; do sleep 0.05; done; echo last line'
                    - commands: ['echo "$MILLWRIGHT_RUN_ID 1" >> "$TRUTH"']
                """
                        .formatted(go);
    }

    /// What has been carried out so far, in order.
    List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// What has been carried out of a run so far, without its id, in order.
    List<String> of(UUID run) {
        return lines().stream()
                .filter(line -> line.startsWith(run + " "))
                .map(line -> line.substring(37))
                .toList();
    }

    /// What has to be carried out, each exactly once, by these runs of the pipeline.
    static List<String> expected(List<String> runs, int steps) {
        return runs.stream()
                .flatMap(run -> IntStream.range(0, steps).mapToObj(step -> run + " " + step))
                .toList();
    }
}
