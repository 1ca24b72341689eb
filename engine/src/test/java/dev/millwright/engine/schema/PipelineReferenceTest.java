package dev.millwright.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.engine.yaml.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Keeps the users' reference of pipeline files in step with the table of keys.
class PipelineReferenceTest {
    private static final Path PAGE = Path.of("../docs/pipelines.md");
    private static final Pattern TABLE =
            Pattern.compile("<!-- keys: ([a-z]+) -->\n.*?<!-- end -->", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static String table(MatchResult marker) {
        String name = marker.group(1);
        return "<!-- keys: %s -->\n%s<!-- end -->"
                .formatted(name, KeyTables.markdown(Forms.named(name)));
    }

    @Test
    void showsTheTableOfEveryForm() throws IOException {
        String page = page();
        String written =
                TABLE.matcher(page).replaceAll(found -> Matcher.quoteReplacement(table(found)));
        if (Boolean.getBoolean("millwright.rewrite")) {
            Files.writeString(PAGE, written);
        }
        assertThat(page()).as("run this test with -Dmillwright.rewrite=true").isEqualTo(written);
        assertThat(TABLE.matcher(page).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(Forms.all().stream().map(Form::name).toList());
    }

    @Test
    void everyExampleOfAFileIsRight() throws IOException {
        List<String> files =
                EXAMPLE.matcher(page())
                        .results()
                        .map(found -> found.group(1))
                        .filter(text -> text.contains("\nsteps:") || text.startsWith("steps:"))
                        .map(text -> text.replaceAll("include: ci/", "include: included/"))
                        .map(text -> text.replaceAll("(?m)^(inputs:)", "x-$1"))
                        .toList();
        assertThat(files).hasSizeGreaterThan(5);
        for (String file : files) {
            String known = "inputs: {target: x, version: x}\n" + file;
            String reading = String.valueOf(Pipelines.read(known));
            assertThat(reading.replaceAll("\\$\\{steps\\.build\\.[^}]*}", ""))
                    .as(file)
                    .satisfiesAnyOf(
                            text ->
                                    assertThat(text)
                                            .startsWith(ReadResult.Read.class.getSimpleName()),
                            text -> assertThat(text).contains("there is no step 'build'"));
        }
    }

    @Test
    void everyExampleOfAKeyIsRight() {
        for (Key key : Forms.STEP.keys()) {
            String body = PipelineSchema.BODIES.contains(key.name()) ? "" : "commands: a, ";
            String step = body + key.name() + ": " + key.example();
            String fitted =
                    switch (key.name()) {
                        case "maxInFlight", "failFast" -> step + ", matrix: {a: [1]}";
                        case "style" -> "exec: [a], style: " + key.example();
                        case "with" -> step + ", image: x";
                        case "nodes" -> step + ", tasks: [{a: b}]";
                        case "tasks", "serial", "maxFail", "barrier" ->
                                key.name().equals("tasks")
                                        ? "nodes: x, tasks: " + key.example()
                                        : "nodes: x, tasks: [{a: b}], %s: %s"
                                                .formatted(key.name(), key.example());
                        default -> step;
                    };
            String text =
                    "inputs: {x: y}\nsteps:\n- {name: build, commands: a}\n- {%s}\n"
                            .formatted(
                                    fitted.replace("ci/checks.yaml", "included/checks.yaml")
                                            .replace("${matrix.jobs}", "4"));
            assertThat(Pipelines.read(text)).as(text).isInstanceOf(ReadResult.Read.class);
        }
    }
}
