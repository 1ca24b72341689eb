package dev.millwright.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.definition.PipelineDefinition;
import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.FormatResult.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NarwhalFormatTest {
    private final Reading narwhal = new Reading(new NarwhalFormat());

    private static PipelineDefinition definition(FormatResult.Read read) {
        return ((ReadResult.Read) InlineSteps.read("test", read.pipeline())).definition();
    }

    @Test
    void stepsRunInContainersOfTheImageWithTheVariables() {
        var read =
                narwhal.read(
                        """
                        name: shop
                        image: golang:1.25
                        env: {A: one, B: 1.10, C: yes, D: }
                        steps:
                          - name: build
                            command: |
                              go build ./...
                              go vet ./...
                          - name: test
                            command: go test ./...
                        """);

        assertThat(Reading.shape(read)).isEqualTo("(build test)");
        assertThat(definition(read).environment())
                .isEqualTo(Map.of("A", "one", "B", "1.10", "C", "yes", "D", ""));
        assertThat(definition(read).root().options().name()).isEqualTo("shop");
        assertThat(Reading.parameters(read).values())
                .containsEntry("image", "golang:1.25")
                .containsEntry("script", "go build ./...\ngo vet ./...\n\n");
        assertThat(read.warnings()).isEmpty();
        assertThat(read.places()).containsEntry("/steps/1", new Place(9, 5));
    }

    @Test
    void theUsualImageIsUbuntu() {
        var read = narwhal.read("steps: [{name: hello, command: echo hello}]");

        assertThat(Reading.parameters(read).values()).containsEntry("image", "ubuntu");
        StepDefinition.InOrder steps = (StepDefinition.InOrder) Reading.root(read).body();
        assertThat(steps.steps().getFirst().body())
                .isInstanceOfSatisfying(
                        StepDefinition.Work.class,
                        work -> assertThat(work.runner()).isEqualTo("container"));
    }

    /// Steps as `name: dependencies`, in the order of the file.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    a; b a; c b                         | "(a b c)"
                    c b; b a; a                         | "(a b c)"
                    a; b a; c a; d b c                  | "(a (b | c) d)"
                    lint; build; test build; ship test  | "((lint | (build test ship)))"
                    a; b; c a b                         | "((a | b) c)"
                    a; b; c a; d a b                    | "((a | b) (c | d))"
                    a; b a; c b; d a; e c d; f          | "(((a ((b c) | d) e) | f))"
                    """)
    void dependenciesBecomeSequencesAndGroups(String steps, String shape) {
        StringBuilder file = new StringBuilder("steps:\n");
        for (String step : steps.split(";")) {
            String[] words = step.strip().split(" ");
            file.append("  - {name: %s, command: x, dependencies: [".formatted(words[0]));
            for (int i = 1; i < words.length; i++) {
                file.append(i > 1 ? ", " : "").append(words[i]);
            }
            file.append("]}\n");
        }

        assertThat(Reading.shape(narwhal.read(file.toString()))).isEqualTo(shape);
    }

    @Test
    void theSampleOfTheDocumentationIsUnderstood() throws Exception {
        var read = narwhal.read(Files.readString(Path.of("samples/narwhal.yml")));

        assertThat(Reading.shape(read)).isEqualTo("(fetch (count | greet) pack)");
    }

    @Test
    void aCircleIsToldWithItsStepsAndItsPlace() {
        assertThat(
                        narwhal.faults(
                                """
                                steps:
                                  - {name: a, command: x}
                                  - {name: b, command: x, dependencies: [d, a]}
                                  - {name: c, command: x, dependencies: [b]}
                                  - {name: d, command: x, dependencies: [c]}
                                """))
                .containsExactly("3:41 'dependencies' go in a circle: b -> d -> c -> b");
        assertThat(narwhal.faults("steps: [{name: a, command: x, dependencies: [a]}]"))
                .containsExactly("1:45 'dependencies' go in a circle: a -> a");
    }

    @Test
    void anUnknownDependencyIsToldWithWhatWasMeant() {
        assertThat(
                        narwhal.faults(
                                """
                                steps:
                                  - {name: build, command: x}
                                  - name: test
                                    dependencies:
                                      - biuld
                                      - $(id)
                                    command: x
                                  - {name: twin, command: x}
                                  - {name: twin, command: x}
                                  - {name: last, command: x, dependencies: twin}
                                """))
                .containsExactly(
                        "5:9 step 'test': 'dependencies' names 'biuld', and no step of the file has that name; did you mean 'build'?",
                        "6:9 step 'test': 'dependencies' names '$(id)', and no step of the file has that name, nor can a package have it",
                        "10:44 step 'last': 'dependencies' names 'twin', and 2 steps of the file have that name");
    }

    @Test
    void dependenciesThatAreNoStepsAreInstalledAsPackages() {
        var read =
                narwhal.read(
                        """
                        steps:
                          - name: lint
                            dependencies: [git, python3=3.13]
                            command: ./lint
                        """);

        assertThat(read.warnings())
                .containsExactly(
                        "line 3: step 'lint': 'git' is the name of no step and is installed as a package of the image",
                        "line 3: step 'lint': 'python3=3.13' is the name of no step and is installed as a package of the image");
        assertThat(Reading.parameters(read).values()).containsEntry("user", "root");
        assertThat(Reading.parameters(read).text("script").orElseThrow())
                .contains("apk add --no-cache git python3=3.13\n")
                .endsWith("fi\n./lint\n");
    }

    @Test
    void packagesAndStepsMayStandTogether() {
        var read =
                narwhal.read(
                        """
                        steps:
                          - {name: a, command: x, dependencies: [b, make]}
                          - {name: b, command: x}
                        """);

        assertThat(Reading.shape(read)).isEqualTo("(b a)");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(
                        narwhal.faults(
                                """
                                image: [ubuntu]
                                env: {1A: x, B: [y]}
                                steps:
                                  - name: build
                                  - 42
                                  - {name: test, command: {run: x}}
                                  - {command: ""}
                                """))
                .containsExactly(
                        "1:8 the file: 'image' is a text, not a list",
                        "2:7 'env': '1A' is no name for a variable; it has letters, digits and '_', and does not begin with a digit",
                        "2:17 'env': 'B' is a text, not a list",
                        "4:5 step 'build': 'command' is missing",
                        "5:5 the file: 'steps' is a list of maps, not a text",
                        "6:27 step 'test': 'command' is a text, not a map",
                        "7:15 step 3: 'command' is empty");
    }

    @Test
    void aFileWithoutStepsIsTold() {
        assertThat(narwhal.faults("name: shop")).containsExactly("1:1 'steps' is missing");
        assertThat(narwhal.faults("steps: []")).containsExactly("1:8 'steps' is empty");
        assertThat(narwhal.faults("steps: {a: b}"))
                .containsExactly("1:8 the file: 'steps' is a list, not a map");
    }

    @Test
    void whatIsNotKnownIsLeftOutWithAWarning() {
        assertThat(
                        narwhal.read(
                                        """
                                        x-note: nothing
                                        on: push
                                        steps:
                                          - {name: a, command: b, when: never}
                                        """)
                                .warnings())
                .containsExactly(
                        "line 2: the file: 'on' is not known and is left out",
                        "line 4: step 'a': 'when' is not known and is left out");
    }

    @Test
    void aMistypedKeyIsRefusedWithItsPlaceAndWhatWasMeant() {
        assertThat(
                        narwhal.faults(
                                """
                                imgae: golang
                                Env: {A: b}
                                steps:
                                  - {name: a, comand: x}
                                  - name: b
                                    command: x
                                    dependancies: [a]
                                """))
                .containsExactly(
                        "1:1 the file: unknown key 'imgae'; did you mean 'image'?",
                        "4:5 step 'a': 'command' is missing",
                        "4:15 step 'a': unknown key 'comand'; did you mean 'command'?",
                        "7:5 step 'b': unknown key 'dependancies'; did you mean 'dependencies'?");
        assertThat(narwhal.read("Env: {}\nsteps: [{name: a, command: b}]").warnings())
                .containsExactly(
                        "line 1: the file: 'Env' is not known and is left out; did you mean 'env'?");
    }

    @Test
    void whatMeansSomethingToMillwrightOnlyStaysAsItIs() {
        var read =
                narwhal.read(
                        """
                        env: {A: "${inputs.x} $${b.c} ${PLAIN}"}
                        steps: [{name: "${steps.a.outputs.b}", command: "echo ${inputs.x}"}]
                        """);

        assertThat(definition(read).environment())
                .containsEntry("A", "$${inputs.x} $$${b.c} ${PLAIN}");
        assertThat(Reading.parameters(read).text("script")).hasValue("echo ${inputs.x}\n");
    }

    @ParameterizedTest
    @CsvSource({"'a: b: c', 1:5", "'steps: [', 1:9", "'a: 1\na: 2\n', 2:1", "'a: *x', 1:4"})
    void whatIsNoYamlIsToldWithItsPlace(String text, String place) {
        assertThat(narwhal.faults(text)).first().asString().startsWith(place + " ");
    }

    @Test
    void aHostileFileIsRefusedQuickly() {
        String deep = "[".repeat(100_000);
        String bomb =
                """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
                f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
                """;
        StringBuilder chain = new StringBuilder("steps:\n");
        for (int i = 0; i < 500; i++) {
            chain.append("- {name: s%d, command: x, dependencies: [".formatted(i))
                    .append(i > 1 ? "s%d, s%d".formatted(i - 1, i / 2) : "")
                    .append("]}\n");
        }

        assertThat(narwhal.faults(deep)).isNotEmpty();
        assertThat(narwhal.faults(bomb)).isNotEmpty();
        assertThat(Reading.shape(narwhal.read(chain.toString()))).contains("s498 s499");
    }
}
