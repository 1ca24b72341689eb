package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandsTest {
    private static final String RUNS = "/api/v1/runs";
    private static final String ONE = RUNS + "/" + Answers.RUN;
    private static final String START = "/api/v1/namespaces/default/pipelines/web/runs";
    private static final String DELIVERY = "/api/v1/deliveries/" + Answers.DELIVERY;

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli cli() {
        return new Cli()
                .with("MILLWRIGHT_SERVER", server.address())
                .with("MILLWRIGHT_KEY", "secret");
    }

    private void finished(String status, String leaf, int exitCode) {
        server.on("POST", START, 202, Answers.accepted())
                .on("GET", DELIVERY, 200, Answers.delivery("started", ""))
                .on("GET", ONE, 200, Answers.detail(status))
                .on("GET", ONE + "/steps", 200, Answers.steps(status, leaf, exitCode))
                .on("GET", ONE + "/steps/0/1/log", 200, Answers.log("expected 1", "but was 2"));
    }

    @Test
    void runSendsInputsAndPrintsTheRun() {
        server.on("POST", START, 202, Answers.accepted())
                .on("GET", DELIVERY, 200, Answers.delivery("started", ""));

        var result = cli().run("run", "web", "-i", "target=prod", "--ref", "v1", "-o", "name");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(Answers.RUN + "\n");
        var asked = server.asked().getFirst();
        assertThat(asked.body())
                .contains("\"target\":\"prod\"", "\"ref\":\"v1\"", "\"event\":\"manual\"");
        assertThat(asked.key()).isEqualTo("Bearer secret");
    }

    @Test
    void aStartThatIsTurnedDownEndsWithTwoAndTheReason() {
        server.on("POST", START, 202, Answers.accepted())
                .on(
                        "GET",
                        DELIVERY,
                        200,
                        Answers.delivery("rejected", "input 'target' is one of a, b, not 'c'"));

        var result = cli().run("run", "web", "-i", "target=c");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("input 'target' is one of a, b, not 'c'");
    }

    @Test
    void aStartThatTheConditionsLeaveOutSaysSo() {
        server.on("POST", START, 202, Answers.accepted())
                .on("GET", DELIVERY, 200, Answers.delivery("ignored", "branch 'x' is not wanted"));

        var result = cli().run("run", "web", "-f");

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("nothing runs: branch 'x' is not wanted");
    }

    @Test
    void followingAGoodRunEndsWithZeroAndTheTree() {
        finished("success", "success", 0);

        var result = cli().run("run", "web", "--follow");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("web#12  push main 3f2a9c1  Fix the build")
                .contains("✔ test: success in 1.0s")
                .contains("└─ ✔ test        1.0s")
                .contains("✔ success in 4.2s · 2 steps");
    }

    @Test
    void followingABadRunEndsWithOneAndTheLastLinesOfTheStep() {
        finished("failure", "failure", 2);

        var result = cli().run("run", "web", "-f");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("✖ test  0/1  exit 2")
                .contains("  │ but was 2")
                .contains("all of it: millwright logs web#12/0/1");
    }

    @Test
    void aRunThatTimedOutEndsWith124() {
        finished("timeout", "timeout", 0);

        assertThat(cli().run("run", "web", "-f").code()).isEqualTo(124);
    }

    @Test
    void lookingNoLongerThanAskedEndsWith124AndTheRunGoesOn() {
        finished("running", "running", 0);
        server.stream(ONE + "/events", ": nothing yet\n\n");

        var result = cli().run("run", "web", "--timeout", "300ms");

        assertThat(result.code()).isEqualTo(124);
        assertThat(result.err()).contains("not finished in time; the run goes on");
    }

    @Test
    void aRunIsFoundByNumberBeginningAndLast() {
        finished("success", "success", 0);
        server.on(
                "GET",
                RUNS,
                200,
                Answers.page(
                        Answers.run(Answers.OTHER, 13, "success"),
                        Answers.run(Answers.RUN, 12, "success")));

        assertThat(cli().run("runs", "show", "web#12").out()).contains("web#12");
        assertThat(cli().run("runs", "show", "0199c0de").out()).contains("web#12");
        assertThat(cli().run("runs", "show", "last", "-o", "name").code()).isEqualTo(3);
        assertThat(cli().run("runs", "show", "0199").err()).contains("several runs");
        assertThat(cli().run("runs", "show", "web#99").code()).isEqualTo(3);
        assertThat(cli().run("runs", "show", "?").code()).isEqualTo(3);
    }

    @Test
    void runsAreListedInEveryForm() {
        server.on("GET", RUNS, 200, Answers.page(Answers.run(Answers.RUN, 12, "failure")));

        assertThat(cli().run("runs").out())
                .startsWith("RUN     STATUS     EVENT  REF   COMMIT   AGE")
                .contains("web#12  ✖ failure  push   main  3f2a9c1");
        assertThat(cli().run("runs", "ls", "--no-headers").out()).startsWith("web#12");
        assertThat(cli().run("runs", "-o", "json").out()).contains("\"number\" : 12");
        assertThat(cli().run("runs", "-o", "yaml").out())
                .startsWith("- id: ")
                .contains("\n  number: 12\n");
        assertThat(cli().run("runs", "-o", "name").out()).isEqualTo(Answers.RUN + "\n");
        cli().run("runs", "-p", "web", "--status", "failure", "--branch", "main");
        assertThat(server.asked().getLast().query())
                .contains("pipeline=web", "status=failure", "branch=main", "namespace=default");
    }

    @Test
    void rerunFromANamedStepSendsItsPath() {
        finished("success", "success", 0);
        server.on(
                "POST",
                ONE + "/rerun",
                202,
                "{\"run\":\"%s\",\"location\":\"/x\"}".formatted(Answers.OTHER));

        var result = cli().run("rerun", Answers.RUN, "--from", "test");

        assertThat(result.out()).startsWith("run " + Answers.OTHER + " accepted");
        assertThat(server.asked().getLast().body())
                .contains("\"mode\":\"from\"", "\"from\":\"0/1\"");
        cli().run("rerun", Answers.RUN, "--failed");
        assertThat(server.asked().getLast().body()).contains("\"mode\":\"failed\"");
        assertThat(cli().run("rerun", Answers.RUN, "--failed", "--from", "test").code())
                .isEqualTo(2);
    }

    @Test
    void cancelAndApproveSayWhatTheyDid() {
        finished("running", "running", 0);
        String accepted = "{\"run\":\"%s\",\"location\":\"/x\"}".formatted(Answers.RUN);
        server.on("POST", ONE + "/cancel", 202, accepted)
                .on("POST", ONE + "/steps/0/1/approve", 202, accepted);

        assertThat(cli().run("cancel", Answers.RUN, "--reason", "wrong branch").out())
                .contains("is being cancelled");
        assertThat(server.asked().getLast().body()).contains("wrong branch");
        assertThat(cli().run("approve", Answers.RUN, "0/1", "--reject", "--comment", "no").out())
                .contains("step 0/1 rejected");
        assertThat(server.asked().getLast().body()).contains("\"approved\":false");
        assertThat(cli().run("approve", Answers.RUN).err()).contains("no step of the run waits");
    }

    @Test
    void explainSaysWhyAStepWaits() {
        server.on(
                "GET",
                ONE + "/explain",
                200,
                """
                {"run":"%s","status":"running","summary":"1 step waits for a node.","steps":[
                 {"path":"0/1","name":"image","status":"queued","cause":"no-node","message":"no node offers runner 'container'",
                  "since":"2026-01-01T00:00:00Z","nodes":[{"node":"local","reason":"has runner process only"}]}]}
                """
                        .formatted(Answers.RUN));

        assertThat(cli().run("explain", Answers.RUN).out())
                .contains("● running  1 step waits for a node.")
                .contains("◌ image 0/1  queued for")
                .contains("no node offers runner 'container'")
                .contains("node local: has runner process only");
    }

    @Test
    void explainSaysEachSentenceOnce() {
        String waits = "nodes 'a' and 'b': it is draining and takes nothing new";
        server.on(
                "GET",
                ONE + "/explain",
                200,
                """
                {"run":"%s","status":"running","summary":"run web#1 is running; step 'x' (0/0) waits: %s","steps":[
                 {"path":"0/0","name":"x","status":"queued","cause":"","message":"%s",
                  "since":null,"nodes":[
                   {"node":"a","reason":"it is draining and takes nothing new"},
                   {"node":"b","reason":"it is draining and takes nothing new"},
                   {"node":"c","reason":"the step needs os=linux, and it has bsd"},
                   {"node":"d","reason":"the step needs os=linux, and it has bsd"}]}]}
                """
                        .formatted(Answers.RUN, waits, waits));

        assertThat(cli().run("explain", Answers.RUN).out())
                .isEqualTo(
                        """
                        ● running  run web#1 is running; step 'x' (0/0) waits: %s
                          ◌ x 0/0  queued
                              nodes c, d: the step needs os=linux, and it has bsd
                        """
                                .formatted(waits));
    }

    @Test
    void explainSaysOfEachStepWhyItWaitsAlsoWhenTwoWaitForTheSame() {
        String waits = "node 'local': its only slot is busy";
        String step =
                """
                {"path":"%s","name":"%s","status":"queued","cause":"","message":"%s","since":null,
                 "nodes":[{"node":"local","reason":"its only slot is busy"}]}
                """;
        server.on(
                "GET",
                ONE + "/explain",
                200,
                """
                {"run":"%s","status":"running","summary":"run web#1 is running; step 'x' (0/0) waits: %s",
                 "steps":[%s,%s]}
                """
                        .formatted(
                                Answers.RUN,
                                waits,
                                step.formatted("0/0", "x", waits),
                                step.formatted("0/1", "y", waits)));

        assertThat(cli().run("explain", Answers.RUN).out())
                .isEqualTo(
                        """
                        ● running  run web#1 is running; step 'x' (0/0) waits: %1$s
                          ◌ x 0/0  queued
                          ◌ y 0/1  queued: %1$s
                        """
                                .formatted(waits));
    }

    @Test
    void refusalsHaveTheirOwnExitCodes() {
        server.problem("GET", RUNS, 401, "no key");
        assertThat(cli().run("runs").code()).isEqualTo(4);
        server.problem("GET", RUNS, 403, "not yours");
        assertThat(cli().run("runs").code()).isEqualTo(4);
        server.problem("GET", RUNS, 404, "nothing there");
        assertThat(cli().run("runs").code()).isEqualTo(3);
        server.problem("GET", RUNS, 400, "status 'x' is unknown");
        var usage = cli().run("runs");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(usage.err()).isEqualTo("error: status 'x' is unknown\n");
        server.problem("GET", RUNS, 500, "broken");
        assertThat(cli().run("runs").code()).isEqualTo(5);
        assertThat(cli().run("runs").err()).contains("abc");
    }

    @Test
    void aServerThatIsNotThereIsSaidInOneLineWithAHint() {
        server.close();

        var result = cli().run("runs");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err())
                .startsWith("error: no answer from http://127.0.0.1:")
                .contains("millwright up");
        assertThat(result.err()).doesNotContain("\tat ");
        assertThat(cli().run("runs", "--debug").err()).contains("\tat ");
    }

    @Test
    void theKeyOfALocalServerIsReadFromItsFile(@TempDir Path home) throws Exception {
        server.on("GET", RUNS, 200, Answers.page());
        Path data = Files.createDirectories(home.resolve(".local/share/millwright"));
        Files.writeString(data.resolve("admin.key"), "local-key\n");

        new Cli().with("HOME", home.toString()).run("runs", "--server", server.address());

        assertThat(server.asked().getLast().key()).isEqualTo("Bearer local-key");
    }
}
