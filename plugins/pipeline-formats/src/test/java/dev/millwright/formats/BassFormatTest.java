package dev.millwright.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.When;
import dev.millwright.plugin.format.FormatResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BassFormatTest {
    private final Reading bass = new Reading(new BassFormat());

    private static String sample(String name) throws Exception {
        return Files.readString(Path.of("samples", name));
    }

    private static List<StepDefinition> steps(FormatResult.Read read) {
        return ((StepDefinition.InOrder) Reading.root(read).body()).steps();
    }

    private static StepOptions options(FormatResult.Read read) {
        return steps(read).getFirst().options();
    }

    @Test
    void theEntryThatIsNamedAsThePipelineIsItsBuild() throws Exception {
        var read = bass.read("shop", sample("pipelines.json"));

        assertThat(Reading.shape(read)).isEqualTo("(shop)");
        assertThat(Reading.parameters(read).texts("argv"))
                .containsExactly("python3", "build.py", "--fast");
        assertThat(Reading.parameters(read).text("style")).hasValue("bass");
        assertThat(options(read).directory()).hasValue("ci");
        assertThat(options(read).needs()).isEqualTo(Map.of("linux", "true", "python", "true"));
        assertThat(read.warnings())
                .containsExactly(
                        "line 3: pipeline 'shop': 'repository' is left out; 'spec.repository' of the Pipeline says it",
                        "line 4: pipeline 'shop': 'ref' is left out; 'spec.repository.branch' of the Pipeline says it");
    }

    @Test
    void theOnlyEntryIsMeantWhateverThePipelineIsCalled() {
        assertThat(Reading.shape(bass.read("web", "{\"job\": {\"exec\": [\"./job\"]}}")))
                .isEqualTo("(job)");
    }

    @Test
    @Tag("S1.x1")
    void theProgramIsCalledAsAWorkerOfBassDoes() {
        assertThat(bass.read("{\"job\": {\"exec\": \"./job\"}}").pipeline().values().toString())
                .isEqualTo("{steps=[{name=job, exec=[./job], style=bass}]}");
    }

    @Test
    void nobodyGuessesWhichOfSeveralEntriesIsMeant() throws Exception {
        assertThat(bass.faults("web", sample("pipelines.json")))
                .containsExactly(
                        "1:1 the file holds several pipelines, and none is named 'web'; there is shop, docs");
        assertThat(Reading.shape(bass.read("", sample("pipelines.json"))))
                .isEqualTo("((shop | docs))");
    }

    @Test
    void aNodeBecomesStepsWithinSteps() throws Exception {
        var read = bass.read(sample("bass.json"));

        assertThat(Reading.shape(read)).isEqualTo("((build (test | lint) publish))");
        StepDefinition shop = steps(read).getFirst();
        assertThat(shop.options().name()).isEqualTo("shop");
        assertThat(shop.setup()).extracting(step -> step.options().name()).containsExactly("up");
        assertThat(shop.teardown())
                .extracting(step -> step.options().name())
                .containsExactly("down");
    }

    @Test
    void anUnorderedNodeIsAGroup() {
        var read =
                bass.read(
                        """
                        {"name": "a", "order": "unordered", "cwd": "/top/./x", "timeout": "1.5",
                         "setup": {"name": "s", "exec": "./s", "cwd": "../y"},
                         "steps": [{"name": "b", "exec": "./b", "cwd": "z"}, {"name": "c", "exec": "./c"}]}
                        """);

        assertThat(Reading.shape(read)).isEqualTo("((b | c))");
        assertThat(options(read).directory()).hasValue("top/x");
        assertThat(options(read).timeout()).hasValue(Duration.ofMillis(1500));
        StepDefinition node = steps(read).getFirst();
        assertThat(node.setup().getFirst().options().directory()).hasValue("top/y");
        assertThat(((StepDefinition.SideBySide) node.body()).steps())
                .extracting(step -> step.options().directory())
                .containsExactly(Optional.of("top/x/z"), Optional.of("top/x"));
    }

    @Test
    void aConditionOnChangesIsOneOnTheirPaths() {
        var read =
                bass.read(
                        """
                        {"name": "a", "exec": ["./a"], "if-changeset-matches": "^it's\\\\/\\\\w+$"}
                        """);

        assertThat(options(read).when().clauses())
                .extracting(When.Clause::expressionOrNull)
                .containsExactly(
                        "size(changed) == 0 || changed.exists(file, file.matches('^it\\'s\\\\/\\\\w+$'))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x(?=y)", "(a)\\\\1", "(", "[z-a]"})
    void anExpressionThatCannotBeUsedIsTold(String expression) {
        assertThat(
                        bass.faults(
                                """
                                {"name": "a", "exec": ["./a"],
                                 "if-changeset-matches": "%s"}
                                """
                                        .formatted(expression)))
                .singleElement()
                .asString()
                .startsWith("2:26 the file: 'if-changeset-matches' ");
    }

    @Test
    void argumentsWithoutVariablesNeedNoShell() {
        var read = bass.read("{\"name\": \"a\", \"exec\": [\"./a\", \"b c\", \"${d.e}\"]}");

        assertThat(Reading.parameters(read).texts("argv")).containsExactly("./a", "b c", "$${d.e}");
        assertThat(Reading.parameters(read).has("style")).isFalse();
    }

    /// What a shell makes of it is what the other system would have given to the program.
    @Test
    void variablesInArgumentsAreThoseOfTheEnvironment() throws Exception {
        var read =
                bass.read(
                        """
                        {"name": "a", "exec": ["printf", "%s\\n", "$KEY", "x${KEY}y", "$NOT_THERE", "\\"`$(id)\\\\ '", "50$"]}
                        """);
        ProcessBuilder shell =
                new ProcessBuilder(
                        "sh", "-e", "-c", Reading.parameters(read).text("script").orElseThrow());
        shell.environment().put("KEY", "a  b\"$c");
        Process process = shell.redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes()))
                .isEqualTo(
                        """
                        a  b"$c
                        xa  b"$cy
                        $NOT_THERE
                        "`$(id)\\ '
                        50$
                        """);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(
                        bass.faults(
                                """
                                {
                                  "name": "a",
                                  "order": "random",
                                  "steps": [
                                    {"exec": ["./x"]},
                                    {"name": "b"},
                                    {"name": "c", "exec": ["./c"], "steps": []},
                                    {"name": "d", "exec": [], "timeout": "soon"},
                                    {"name": "e", "exec": ["./e"], "cwd": "../.."},
                                    {"name": "f", "exec": {"run": 1}},
                                    42
                                  ]
                                }
                                """))
                .containsExactly(
                        "3:12 the file: 'order' is 'ordered' or 'unordered', not 'random'",
                        "5:5 node at line 5: 'name' is missing",
                        "6:5 node 'b': 'exec' or 'steps' is missing",
                        "7:45 node 'c': 'exec' and 'steps' do not go together",
                        "8:27 node 'd': 'exec' is empty",
                        "8:42 node 'd': 'timeout' is a number of seconds, not 'soon'",
                        "9:43 node 'e': 'cwd' leaves the workspace: '../..'",
                        "10:27 node 'f': 'exec' is a text or a list of texts, not a map",
                        "11:5 the file: 'steps' is a list of maps, not a text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                       | 1:1 the file holds no pipeline
                    {"a": 1}                                 | 1:7 the file: 'a' is a map, not a text
                    {"a": {}}                                | 1:7 pipeline 'a': 'exec' is missing
                    {"a": {"exec": ["x"], "tags": "b c"}}    | 1:31 pipeline 'a': 'b c' is no tag; it has letters, digits, '.', '_', '/' and '-'
                    {"a": {"exec": ["x"], "cwd": "/../b"}}   | 1:30 pipeline 'a': 'cwd' leaves the workspace: '/../b'
                    ["a"]                                    | 1:1 the file is a map, not a list
                    """)
    void whatIsWrongWithAListOfPipelinesIsTold(String text, String fault) {
        assertThat(bass.faults(text)).containsExactly(fault);
    }
}
