package dev.millwright.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import dev.millwright.cli.launch.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandTest {
    @TempDir private Path base;
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createDirectories(base.resolve("web"));
    }

    private Cli.Result local(String pipeline, String... arguments) throws Exception {
        Files.writeString(folder.resolve(".millwright.yaml"), pipeline);
        String[] command = new String[arguments.length + 1];
        command[0] = "local";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new Cli().in(folder).run(command);
    }

    private void commit() {
        var git =
                new Tool(
                        folder,
                        Map.of(
                                "GIT_AUTHOR_NAME", "Demo",
                                "GIT_AUTHOR_EMAIL", "demo@example.org",
                                "GIT_COMMITTER_NAME", "Demo",
                                "GIT_COMMITTER_EMAIL", "demo@example.org"));
        git.run("git", "init", "-q");
        git.run("git", "add", "-A");
        git.run("git", "commit", "-q", "-m", "First");
    }

    @Test
    void stepsRunInTheWorkingDirectoryItself() throws Exception {
        Files.writeString(folder.resolve("input.txt"), "here");

        var result =
                local(
                        """
                        steps:
                          - {name: read, commands: [cat input.txt, echo made > output.txt]}
                        """);

        assertThat(result.code()).isZero();
        assertThat(folder.resolve("output.txt")).hasContent("made");
        assertThat(result.out())
                .contains("read | here\n")
                .contains("● read: running\n")
                .contains("└─ ✔ read")
                .contains("✔ success in");
    }

    @Test
    void aFailedStepEndsWithOneAndItsLastLines() throws Exception {
        var result =
                local(
                        """
                        steps:
                          - {name: bad, commands: [echo first, echo last >&2, exit 7]}
                          - {name: never, commands: [touch never]}
                        """);

        assertThat(result.code()).isEqualTo(1);
        assertThat(folder.resolve("never")).doesNotExist();
        assertThat(result.out())
                .contains("✖ failure in")
                .contains("✖ bad  0/0  exit 7\n")
                .contains("  │ last\n");
    }

    @Test
    void aTryThatDoesNotEvenStartTookNoTime() throws Exception {
        var result =
                local(
                        """
                        steps:
                          - name: x
                            retry: {attempts: 2, delay: 2s, on: [error]}
                            environment: {T: {from_secret: ci/token}}
                            commands: ["true"]
                        """);

        assertThat(result.out()).containsPattern("x: error in [01]\\.\\ds");
    }

    @Test
    void inputsReachStepsAndWrongOnesAreRefused() throws Exception {
        String pipeline =
                """
                inputs: {target: {type: enum, values: [a, b]}}
                steps:
                  - {name: show, environment: {T: "${inputs.target}"}, commands: ['echo "to $T"']}
                """;

        assertThat(local(pipeline, "-i", "target=b").out()).contains("show | to b");
        assertThat(local(pipeline, "-i", "target=c").code()).isEqualTo(2);
        assertThat(local(pipeline).err()).contains("target");
    }

    @Test
    void outputsGoFromStepToStepAlsoThoseOfFiles() throws Exception {
        Files.createDirectories(folder.resolve("sub"));

        var result =
                local(
                        """
                        steps:
                          - name: make
                            directory: sub
                            commands: [echo 1.2.3 > version.txt, 'echo "kind=jar" >> "$MILLWRIGHT_OUTPUT"']
                            outputs: {version: {file: version.txt}}
                          - name: use
                            environment: {V: "${steps.make.outputs.version}", K: "${steps.make.outputs.kind}"}
                            commands: ['echo "$V as $K"']
                        """);

        assertThat(result.out()).contains("use | 1.2.3 as jar");
        assertThat(folder.resolve("sub/version.txt")).exists();
    }

    @Test
    void aDirectoryOutsideOfTheWorkspaceIsRefused() throws Exception {
        Files.createSymbolicLink(folder.resolve("out"), base);

        var result = local("steps: [{name: a, directory: out, commands: [touch escaped]}]");

        assertThat(result.code()).isEqualTo(1);
        assertThat(base.resolve("escaped")).doesNotExist();
    }

    @Test
    void oneStepAloneRunsWithTheSetupAndTeardownAroundIt() throws Exception {
        var result =
                local(
                        """
                        steps:
                          - {name: first, commands: [touch first]}
                          - name: group
                            setup: [{name: up, commands: [touch up]}]
                            sequence:
                              - {name: one, commands: [touch one]}
                              - {name: two, commands: [touch two]}
                            teardown: [{name: down, commands: [touch down]}]
                        """,
                        "--step",
                        "group/two");

        assertThat(result.code()).isZero();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(".millwright.yaml", "up", "two", "down");
        assertThat(result.out())
                .contains("⊘ first: skipped (not selected)\n")
                .containsPattern("⊘ one +not selected\n")
                .doesNotContain("kept");
    }

    @Test
    void cleanRunsTheLastCommitInAWorkspaceOfItsOwn() throws Exception {
        Files.writeString(folder.resolve("committed.txt"), "old");
        Files.writeString(
                folder.resolve(".millwright.yaml"),
                "steps: [{name: a, commands: [cat committed.txt, touch left]}]");
        commit();
        Files.writeString(folder.resolve("committed.txt"), "new");

        var result = new Cli().in(folder).run("local", "--clean");

        assertThat(result.out()).contains("a | old");
        assertThat(result.code()).isZero();
        assertThat(folder.resolve("left")).doesNotExist();
    }

    @Test
    void approvalsAreRefusedWithoutATerminalUnlessGivenBeforehand() throws Exception {
        String pipeline =
                "steps: [{name: ok, approve: true}, {name: after, commands: [touch after]}]";

        assertThat(local(pipeline).code()).isEqualTo(1);
        assertThat(folder.resolve("after")).doesNotExist();
        assertThat(local(pipeline, "--approve").code()).isZero();
        assertThat(folder.resolve("after")).exists();
    }

    @Test
    void aStepThatNoRunnerHereCanDoIsAnErrorInsteadOfAnEndlessWait() throws Exception {
        var result = local("steps: [{name: a, image: alpine, commands: [x]}]");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("there is no runner 'container' here");
    }

    @Test
    void aBrokenFileShowsItsProblems() throws Exception {
        var result = local("steps: [{name: a, comands: [x]}]");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("did you mean 'commands'?");
    }

    @Test
    void aConditionThatDoesNotHoldLeavesNothingToDo() throws Exception {
        var result = local("when: [{event: push}]\nsteps: [{name: a, commands: [touch a]}]");

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("nothing to do");
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(
                        local(
                                        "when: [{event: push}]\nsteps: [{name: a, commands: [touch a]}]",
                                        "--event",
                                        "push")
                                .code())
                .isZero();
        assertThat(folder.resolve("a")).exists();
    }

    @Test
    void severalFilesRunSideBySideAsOnePipeline() throws Exception {
        Path parts = Files.createDirectory(folder.resolve(".millwright"));
        Files.writeString(parts.resolve("api.yaml"), "steps: [{commands: [echo of api]}]");
        Files.writeString(parts.resolve("web.yaml"), "steps: [{commands: [echo of web]}]");

        var result = new Cli().in(folder).run("local");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("─ ✔ api").contains("─ ✔ web").contains("2 steps");
    }
}
