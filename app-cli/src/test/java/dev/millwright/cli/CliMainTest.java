package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.launch.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliMainTest {
    private static final List<String> COMMANDS =
            List.of(
                    "demo",
                    "up",
                    "server",
                    "run",
                    "rerun",
                    "cancel",
                    "approve",
                    "runs",
                    "logs",
                    "explain",
                    "apply",
                    "get",
                    "diff",
                    "delete",
                    "lint",
                    "local",
                    "import",
                    "events",
                    "deliveries",
                    "polls",
                    "queue",
                    "node",
                    "config",
                    "version",
                    "completion");

    private final Cli cli = new Cli();

    @Test
    void everyCommandHasHelp() {
        assertThat(COMMANDS)
                .allSatisfy(name -> {
                    var result = cli.run(name, "--help");
                    assertThat(result.code()).isZero();
                    assertThat(result.out()).contains("Usage: millwright " + name);
                });
    }

    @Test
    void helpFitsTheTerminalAndBreaksNoSentence() {
        String node = cli.run("node", "run", "--help").out();
        assertThat(node.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(node.replaceAll("\\s+", " "))
                .contains("finds them again. Joins first when this machine is no node yet.");
        assertThat(node).doesNotContain("four fifths\n");
        assertThat(cli.run("plugin", "--help").out().replaceAll("\\s+", " "))
                .contains("it builds with Maven, and its contract test passes.");
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(cli.run("--help").out()).contains(COMMANDS);
        assertThat(cli.run().out()).isEqualTo(cli.run("--help").out());
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithASuggestion() {
        var result = cli.run("rus");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(
                        """
                        error: there is no command 'rus'
                        did you mean 'run' or 'runs'?
                        see: millwright --help
                        """);
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(cli.run("runs", "--brunch", "main").code()).isEqualTo(2);
        assertThat(cli.run("run").code()).isEqualTo(2);
        assertThat(cli.run("runs", "-o", "xml").code()).isEqualTo(2);
        assertThat(cli.run("runs", "--server", "not a url").code()).isEqualTo(2);
    }

    @Test
    void anUnknownOptionIsNamedWhateverParametersTheCommandTakes() {
        var result = cli.run("runs", "--statsu", "x");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(
                        """
                        error: there is no option '--statsu'
                        did you mean '--status'?
                        see: millwright runs --help
                        """);
        assertThat(
                        List.of(
                                "run",
                                "rerun",
                                "cancel",
                                "approve",
                                "logs",
                                "explain",
                                "get",
                                "delete",
                                "deliveries",
                                "config",
                                "completion",
                                "lint",
                                "local",
                                "events",
                                "apply"))
                .allSatisfy(name -> {
                    var misused = cli.run(name, "--nonsense=1", "x");
                    assertThat(misused.code()).isEqualTo(2);
                    assertThat(misused.err())
                            .isEqualTo(
                                    "error: there is no option '--nonsense'\nsee: millwright %s --help\n"
                                            .formatted(name));
                });
        assertThat(cli.run("run", "--folow").err())
                .contains("no option '--folow'\ndid you mean '--follow'?");
        assertThat(cli.run("--hlep").err()).contains("no option '--hlep'\ndid you mean '--help'?");
    }

    @Test
    void optionsThatExcludeEachOtherAreNamed() {
        var result = cli.run("rerun", "web#1", "--failed", "--from", "test");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith(
                        "error: --failed, --from=STEP are mutually exclusive (specify only one)\n");
    }

    @Test
    void mistypedWordsOfEveryKindAreGuessed() {
        assertThat(cli.run("rnu").err()).contains("did you mean 'run'?\n");
        assertThat(cli.run("lgos").err()).contains("did you mean 'logs'?\n");
        assertThat(cli.run("config", "shwo").err()).contains("did you mean 'show'?\n");
        assertThat(cli.run("up", "--prot", "1").err()).contains("did you mean '--port'?\n");
        assertThat(cli.run("zzzzzzzzz").err()).doesNotContain("did you mean");
    }

    @Test
    void optionsOfTheServerMayStandBeforeTheCommand() {
        try (FakeServer server = FakeServer.start()) {
            server.on("GET", "/api/v1/runs", 200, Answers.page());

            var result =
                    cli.run(
                            "--debug",
                            "--server",
                            server.address(),
                            "--key=k",
                            "-n",
                            "team",
                            "runs",
                            "--limit",
                            "3");

            assertThat(result).isEqualTo(new Cli.Result(0, "", "no runs\n"));
            assertThat(server.asked().getFirst().key()).isEqualTo("Bearer k");
            assertThat(server.asked().getFirst().query()).contains("namespace=team", "limit=3");
        }
        for (List<String> words :
                List.of(
                        List.of("--server", "http://127.0.0.1:9", "node", "drain", "n1"),
                        List.of("node", "--server=http://127.0.0.1:9", "drain", "n1"),
                        List.of("node", "drain", "n1", "--server", "http://127.0.0.1:9"))) {
            assertThat(cli.run(words.toArray(String[]::new)).err())
                    .startsWith("error: no answer from http://127.0.0.1:9: connection refused");
        }
        assertThat(cli.run("--server", "http://x").err())
                .startsWith("error: behind '--server' there has to be a value, and then a command");
        assertThat(cli.run("--server", "x", "rnu").code()).isEqualTo(2);
        assertThat(cli.run("--server", "x", "lint").err()).contains("no option '--server'");
    }

    @Test
    void countsBeginWithOne() {
        assertThat(
                        List.of(
                                List.of("logs", "last", "--tail", "-3"),
                                List.of("logs", "last", "--tail", "0"),
                                List.of("logs", "last", "--attempt", "-1"),
                                List.of("runs", "--limit", "-1"),
                                List.of("events", "--limit=-1"),
                                List.of("events", "--after", "-7"),
                                List.of("deliveries", "--limit", "x"),
                                List.of("local", "--slots", "0")))
                .allSatisfy(command -> {
                    var result = cli.run(command.toArray(String[]::new));
                    assertThat(result.code()).isEqualTo(2);
                    assertThat(result.err()).containsPattern("is not (a whole|the) number");
                });
        assertThat(cli.run("logs", "last", "--tail", "-3").err())
                .startsWith("error: Invalid value for option '--tail': '-3' is not a whole number");
    }

    @Test
    void completionsAreMadeForEachShell() {
        assertThat(cli.run("completion", "bash").out()).contains("complete -F").contains("rerun");
        assertThat(cli.run("completion", "zsh").out()).contains("bashcompinit");
        assertThat(cli.run("completion", "fish").out())
                .contains("complete -c millwright -n __fish_use_subcommand -a rerun")
                .contains(
                        "'__fish_seen_subcommand_from runs' -l pipeline -s p"
                                .replace("-l pipeline -s p", ""));
        assertThat(cli.run("completion", "pwsh").out())
                .contains("'runs' = @(")
                .contains("'--branch'");
    }

    @Test
    void bashCompletesTheWordsThatCommandsTake(@TempDir Path folder) throws Exception {
        assertThat(completed(folder, "runs", "f")).containsExactly("follow");
        assertThat(completed(folder, "runs", "-o", "j")).containsExactly("json");
        assertThat(completed(folder, "runs", "--status", "fa")).containsExactly("failure");
        assertThat(completed(folder, "logs", "--stream", "e")).containsExactly("err");
        assertThat(completed(folder, "get", "p")).containsExactly("pipelines");
        assertThat(completed(folder, "completion", "z")).containsExactly("zsh");
        assertThat(completed(folder, "deliveries", "r")).containsExactly("redeliver");
        assertThat(completed(folder, "config", "c")).containsExactly("check");
    }

    /// What bash offers for the last of the words.
    private List<String> completed(Path folder, String... words) throws Exception {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, cli.run("completion", "bash").out());
        String line = "millwright " + String.join(" ", words);
        String ask =
                """
                source "$1"
                COMP_LINE="$2"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
                COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _complete_millwright
                printf '%s\n' "${COMPREPLY[@]}"
                """;
        return Tool.in(folder)
                .run("bash", "-c", ask, "bash", script.toString(), line)
                .lines()
                .map(String::strip)
                .toList();
    }

    @Test
    void otherShellsGetTheWordsToo() {
        assertThat(cli.run("completion", "fish").out())
                .contains("'__fish_seen_subcommand_from runs' -a follow\n")
                .contains("-x -a 'table json yaml name' -d ");
        assertThat(cli.run("completion", "pwsh").out())
                .contains("'get' = @('pipelines', 'namespaces', 'exporters', 'forges', ");
    }

    @Test
    void wordsAreNamedAsOneWritesThem() {
        assertThat(cli.run("runs", "x").err())
                .startsWith("error: 'x' is unknown; known are ls, show, follow\n");
        assertThat(cli.run("runs", "shwo").err()).contains("did you mean 'show'?\n");
        assertThat(cli.run("plugin", "instal", "git-poll").err())
                .startsWith(
                        "error: 'instal' is unknown; known are list, install, update, remove, new\n")
                .contains("did you mean 'install'?\n");
        assertThat(cli.run("runs", "-o", "xml").err())
                .startsWith("error: --output 'xml' is unknown; known are table, json, yaml, name");
        assertThat(cli.run("logs", "last", "--stream", "x").err())
                .startsWith("error: --stream 'x' is unknown; known are out, err\n");
    }

    @Test
    void theShellAcceptsItsCompletions(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, cli.run("completion", "bash").out());

        var process = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aPortThatIsNamedAndTakenIsAnError() {
        try (FakeServer other = FakeServer.start()) {
            String port = Integer.toString(other.port());

            assertThat(List.of("demo", "up"))
                    .allSatisfy(command -> {
                        var result = cli.run(command, "--port", port);
                        assertThat(result.code()).isEqualTo(5);
                        assertThat(result.err())
                                .startsWith("error: port " + port + " is taken")
                                .contains("choose another: --port ");
                        assertThat(cli.run(command, "--port", "70000").code()).isEqualTo(2);
                    });
        }
    }

    @Test
    void whatNeedsTheLauncherSaysSo() {
        assertThat(cli.run("config", "show").err()).contains("start this with ./millwright");
    }
}
