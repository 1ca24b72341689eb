package dev.millwright.itest.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The file that steps append to, each with one write: what was really carried out, told by nobody
/// who is being judged.
///
/// Its pipeline `truth` has steps that write `RUN STEP`.
public record Truth(Path file) {
    public static Truth in(Path folder) {
        return new Truth(folder.resolve("truth"));
    }

    /// A pipeline of so many steps one after another, each of which takes so long.
    ///
    /// @param seconds of each step
    public String pipeline(int steps, double seconds) {
        String list =
                IntStream.range(0, steps)
                        .mapToObj(i ->
                                "    - commands: ['echo \"$MILLWRIGHT_RUN_ID %d\" >> \"$TRUTH\"', 'sleep %s']\n"
                                        .formatted(i, seconds))
                        .reduce("", String::concat);
        return head() + list;
    }

    /// A pipeline of these steps, as they stand in its list.
    public String of(String steps) {
        return head() + steps.indent(4);
    }

    private String head() {
        return head("truth");
    }

    private String head(String name) {
        return """
        apiVersion: v1alpha
        kind: Pipeline
        metadata: {name: %s}
        spec:
          webhook: {open: true}
          environment: {TRUTH: "%s"}
          steps:
        """
                .formatted(name, file);
    }

    /// How many steps [#nested()] has.
    public static final int NESTED = 3;

    /// Steps one after another and beside each other.
    public String nested() {
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
    public String waiting(Path go) {
        return head()
                + """
                    - commands:
                        - 'echo "$MILLWRIGHT_RUN_ID 0" >> "$TRUTH"; echo first line'
                        - 'while [ ! -e "%s" ]; do sleep 0.05; done; echo last line'
                    - commands: ['echo "$MILLWRIGHT_RUN_ID 1" >> "$TRUTH"']
                """
                        .formatted(go);
    }

    /// What each step of [#holding] prints.
    public static final String HELD_LOG = "first line\nlast line\n";

    /// A pipeline with a step on each of these nodes, one after the other: it writes `RUN STEP`,
    /// prints a line, waits for a file to be there, prints another line and writes `RUN STEP end`.
    public String holding(String name, Path go, List<String> nodes) {
        return IntStream.range(0, nodes.size())
                .mapToObj(step ->
                        """
                            - needs: {node: "%1$s"}
                              commands:
                                - 'echo "$MILLWRIGHT_RUN_ID %2$d" >> "$TRUTH"; echo first line'
                                - 'while [ ! -e "%3$s" ]; do sleep 0.05; done; echo last line'
                                - 'echo "$MILLWRIGHT_RUN_ID %2$d end" >> "$TRUTH"'
                        """
                                .formatted(nodes.get(step), step, go))
                .collect(Collectors.joining("", head(name), ""));
    }

    /// What so many steps of [#holding] write.
    public static List<String> held(String run, int steps) {
        return IntStream.range(0, steps)
                .mapToObj(step -> run + " " + step)
                .flatMap(line -> Stream.of(line, line + " end"))
                .toList();
    }

    /// How many steps [#writing] has.
    public static final int WRITING = 3;

    /// Where they are.
    public static final List<String> WRITING_PATHS = List.of("0/0", "0/1/0", "0/1/1");

    /// The pipeline `writing`: a step, and then two beside each other. Each writes `RUN STEP`, and
    /// prints some 25 KB over a second, all of which it keeps in the file `RUN-STEP` of a folder,
    /// too.
    public String writing(Path written) {
        String step =
                """
                commands:
                            - 'echo "$MILLWRIGHT_RUN_ID %1$d" >> "$TRUTH"; f="%2$s/$MILLWRIGHT_RUN_ID-%1$d"'
                            - 'seq -f "$MILLWRIGHT_RUN_ID %1$d line %%g" 1 200 | tee -a "$f"; sleep 0.5'
                            - 'seq -f "$MILLWRIGHT_RUN_ID %1$d line %%g" 201 400 | tee -a "$f"; sleep 0.3'
                            - 'printf "no end of line %1$d" | tee -a "$f"'
                """;
        return head("writing")
                + "    - "
                + step.formatted(0, written)
                + "    - parallel:\n        - "
                + step.formatted(1, written)
                + "        - "
                + step.formatted(2, written);
    }

    /// What has been carried out so far, in order.
    public List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// What has been carried out of a run so far, without its id, in order.
    public List<String> of(UUID run) {
        return lines().stream()
                .filter(line -> line.startsWith(run + " "))
                .map(line -> line.substring(37))
                .toList();
    }

    /// What has to be carried out, each exactly once, by these runs of the pipeline.
    public static List<String> expected(List<String> runs, int steps) {
        return runs.stream()
                .flatMap(run -> IntStream.range(0, steps).mapToObj(step -> run + " " + step))
                .toList();
    }
}
