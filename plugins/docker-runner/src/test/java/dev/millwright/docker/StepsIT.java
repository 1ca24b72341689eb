package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a step finds in its container, and what is seen of it outside.
final class StepsIT extends RunnerFixture {
    @Test
    void commandsAreOneScriptThatStopsAtTheFirstThatFails() throws Exception {
        WorkOrder order = order(commands("X=kept\necho $X\nfalse\necho never\n"));
        assertThat(run(runner(), order)).isEqualTo(new Result.Exited(1));
        assertThat(order.outFile()).hasContent("kept\n");
    }

    @Test
    void theShellIsTheOneThatTheStepNames() throws Exception {
        assertThat(
                        output(
                                runner(),
                                commands(
                                        "false; echo $0 goes on", Map.of("shell", List.of("ash")))))
                .isEqualTo("ash goes on\n");
        assertThat(
                        output(
                                runner(),
                                commands(
                                        "BEGIN { print 6 * 7 }",
                                        Map.of("shell", List.of("awk", "-f")))))
                .isEqualTo("42\n");
    }

    @Test
    void aLongScriptIsReadFromAFile() throws Exception {
        String script = "# %s\necho done\n".formatted("x".repeat(200_000));
        assertThat(output(runner(), commands(script))).isEqualTo("done\n");
    }

    @Test
    void anArgumentListIsExecutedAsItIs() throws Exception {
        assertThat(output(runner(), step(Map.of("argv", List.of("echo", "$HOME", "a b")))))
                .isEqualTo("$HOME a b\n");
        assertThat(
                        output(
                                runner(),
                                step(
                                        Map.of(
                                                "entrypoint",
                                                List.of("echo", "from"),
                                                "argv",
                                                List.of("the", "entrypoint")))))
                .isEqualTo("from the entrypoint\n");
    }

    @Test
    void anImageThatIsToldNothingDoesWhatItDoes() throws Exception {
        Path archive = folder.resolve("empty.tar");
        String busy = engine().docker("create", ContainerEngine.IMAGE, "true");
        var _ = engine().docker("export", "-o", archive.toString(), busy);
        var _ = engine().docker("rm", busy);
        var _ =
                engine().docker(
                                "import",
                                "--change",
                                "ENTRYPOINT [\"echo\", \"its own\"]",
                                "--change",
                                "CMD [\"command\"]",
                                archive.toString(),
                                "millwright-speaking:1");
        assertThat(output(runner(), Map.of("image", "millwright-speaking:1")))
                .isEqualTo("its own command\n");
    }

    @Test
    void theWorkspaceIsAtItsPathAndFilesBelongToItsOwner() throws Exception {
        for (int owner : List.of(0, 1234)) {
            WorkOrder order = order(commands("pwd; id -u; mkdir -p a/b; echo text > a/b/file"));
            Files.setAttribute(order.workspace(), "unix:uid", owner);
            Files.setAttribute(order.workspace(), "unix:gid", owner);
            Files.setAttribute(
                    Files.createDirectories(order.home().resolve("user")), "unix:uid", owner);
            assertThat(run(runner(), order)).isEqualTo(new Result.Exited(0));
            assertThat(order.outFile()).hasContent("%s\n%d\n".formatted(order.workspace(), owner));
            assertThat(order.workspace().resolve("a/b/file")).hasContent("text\n");
            assertThat(Files.getAttribute(order.workspace().resolve("a/b/file"), "unix:uid"))
                    .isEqualTo(owner);
        }
    }

    @Test
    void filesOfAnotherUserAreGivenBack() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                "id -u; mkdir own; echo x > own/file; chown -R 1000 own",
                                Map.of("user", "0")));
        Files.setAttribute(order.workspace(), "unix:uid", 1234);
        Files.setAttribute(order.workspace(), "unix:gid", 1235);
        assertThat(run(runner("otherUsers: true"), order)).isEqualTo(new Result.Exited(0));
        assertThat(order.outFile()).hasContent("0\n");
        Path file = order.workspace().resolve("own/file");
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1234);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(1235);
    }

    @Test
    void theEnvironmentIsThatOfTheStepAndTheImageAndNotOfTheNode() throws Exception {
        WorkOrder order =
                order(
                        commands("env | sort; touch $HOME/file"),
                        Map.of(
                                "A",
                                "1",
                                "PATH",
                                System.getenv("PATH"),
                                "HOME",
                                System.getenv("HOME")));
        assertThat(run(runner(), order)).isEqualTo(new Result.Exited(0));
        assertThat(Files.readString(order.outFile()).lines().map(line -> line.split("=")[0]))
                .containsExactlyInAnyOrder(
                        "A",
                        "CI",
                        "HOME",
                        "HOSTNAME",
                        "MILLWRIGHT_ATTEMPT",
                        "PATH",
                        "PWD",
                        "SHLVL");
        assertThat(Files.readString(order.outFile()))
                .contains("HOME=" + order.home().resolve("user"))
                .contains("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
    }

    @Test
    @Tag("S48")
    void outputsAndChangedFilesAreWhereTheStepLooksForThem() throws Exception {
        Path folderOfAttempt = Files.createDirectories(folder.resolve("somewhere"));
        Path foreign = Files.writeString(folderOfAttempt.resolve("secret"), "hidden");
        WorkOrder plain =
                order(commands("cat $CI_CHANGED_FILES_FILE; echo a=1 >> $MILLWRIGHT_OUTPUT"));
        Path output = Files.createFile(plain.home().resolveSibling("outputs"));
        Path changed = Files.writeString(plain.home().resolveSibling("changed"), "one\ntwo\n");
        WorkOrder order =
                new WorkOrder(
                        plain.attempt(),
                        plain.home(),
                        plain.workspace(),
                        plain.directory(),
                        Map.of(
                                "MILLWRIGHT_OUTPUT",
                                output.toString(),
                                "CI_CHANGED_FILES_FILE",
                                changed.toString()),
                        plain.parameters());
        assertThat(run(runner(), order)).isEqualTo(new Result.Exited(0));
        assertThat(order.outFile()).hasContent("one\ntwo\n");
        assertThat(output).hasContent("a=1\n");

        WorkOrder prying =
                order(
                        commands("cat $CI_CHANGED_FILES_FILE"),
                        Map.of("CI_CHANGED_FILES_FILE", foreign.toString()));
        assertThat(run(runner(), prying)).isEqualTo(new Result.Exited(1));
        assertThat(prying.outFile()).isEmptyFile();
    }

    @Test
    void bothStreamsArriveApartInOrderAndToTheByte() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                """
                                i=0
                                while [ $i -lt 20000 ]; do echo "out $i"; echo "err $i" >&2; i=$((i+1)); done
                                printf '\\377\\000\\n'
                                """));
        assertThat(run(runner(), order)).isEqualTo(new Result.Exited(0));
        byte[] out = Files.readAllBytes(order.outFile());
        assertThat(new byte[] {out[out.length - 3], out[out.length - 2], out[out.length - 1]})
                .containsExactly(0xff, 0, '\n');
        List<String> lines = new String(out, StandardCharsets.ISO_8859_1).lines().toList();
        List<String> errors = Files.readAllLines(order.errFile());
        assertThat(lines).hasSize(20_001);
        assertThat(errors).hasSize(20_000);
        for (int i = 0; i < 20_000; i++) {
            assertThat(lines.get(i)).isEqualTo("out " + i);
            assertThat(errors.get(i)).isEqualTo("err " + i);
        }
    }

    @Test
    void theLastWordsOfManyShortStepsAreAllThere() throws Exception {
        var runner = runner();
        for (int i = 0; i < 15; i++) {
            assertThat(output(runner, commands("seq 1 500; echo last"))).endsWith("500\nlast\n");
        }
    }

    @Test
    void whatCannotBeStartedIsToldInTheAuthorsWords() {
        var runner = runner();
        assertThatThrownBy(
                        () -> start(runner, order(step(Map.of("argv", List.of("mvn", "verify"))))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("image 'millwright-test:1' has no program 'mvn'");
        assertThatThrownBy(() ->
                        start(runner, order(Map.of("image", "nowhere.invalid/x:1", "script", "a"))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("image 'nowhere.invalid/x:1' cannot be fetched: ");
        assertThatThrownBy(() ->
                        start(
                                runner,
                                order(
                                        Map.of(
                                                "image", "absent:1",
                                                "pull", "never",
                                                "script", "a"))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("image 'absent:1' is not on this node, and 'pull: never'");
        assertThatThrownBy(() -> start(runner, order(Map.of("script", "a"))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("has no 'image'");
    }
}
