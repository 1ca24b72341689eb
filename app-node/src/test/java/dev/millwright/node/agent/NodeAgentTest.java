package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.NodeException;
import dev.millwright.node.NodeReports;
import dev.millwright.node.Settlement;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.process.ProcessRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeAgentTest {
    @TempDir Path root;

    /// Keeps what a node reports.
    private static final class Reports implements NodeReports {
        final Map<AttemptId, List<LogChunk>> logs = new ConcurrentHashMap<>();
        final Map<AttemptId, AttemptEnd> ends = new ConcurrentHashMap<>();

        @Override
        public void log(AttemptId attempt, long fence, LogChunk chunk) {
            logs.computeIfAbsent(attempt, key -> new CopyOnWriteArrayList<>()).add(chunk);
        }

        @Override
        public void ended(AttemptId attempt, long fence, AttemptEnd end) {
            ends.put(attempt, end);
        }

        AttemptEnd end(AttemptId attempt) {
            await().atMost(Duration.ofSeconds(20)).until(() -> ends.containsKey(attempt));
            return ends.get(attempt);
        }

        LogPosition position(AttemptId attempt) {
            List<LogChunk> chunks = logs.getOrDefault(attempt, List.of());
            return chunks.isEmpty() ? LogPosition.START : LogPosition.after(chunks.getLast());
        }
    }

    private final Reports reports = new Reports();

    private NodeAgent agent() {
        return NodeAgent.create(
                NodeSettings.local(root.resolve("node"), 4), List.of(new ProcessRunner()), reports);
    }

    private static Assignment.Builder script(String text) {
        return Assignment.builder(
                new AttemptId(UUID.randomUUID()),
                1,
                new RunId(UUID.randomUUID()),
                StepPath.ROOT,
                "process",
                new Parameters(Map.of("script", text + "\n", "shell", List.of("sh", "-e"))));
    }

    @Test
    void whatWasGivenUpIsNotTakenLater() {
        try (NodeAgent agent = agent()) {
            Assignment late = script("echo late").build();
            Assignment known = script("sleep 30").build();
            agent.start(known);

            assertThat(agent.refuseUnknown(late.attempt())).isTrue();
            assertThat(agent.refuseUnknown(known.attempt())).isFalse();

            assertThatThrownBy(() -> agent.start(late))
                    .isInstanceOf(NodeException.class)
                    .hasMessageContaining("was given up");
            agent.stop(known.attempt(), Action.Reason.CANCEL, Duration.ZERO);
        }
    }

    @Test
    void runsAScriptAndReportsItsLogAndEnd() {
        try (NodeAgent agent = agent()) {
            Assignment step = script("echo hello; echo problem >&2; exit 3").build();
            agent.start(step);
            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.FAILURE);
            assertThat(end.exitCodeOrNull()).isEqualTo(3);
            assertThat(end.message()).isEqualTo("exit code 3");
            assertThat(end.outBytes()).isEqualTo(6);
            assertThat(end.errBytes()).isEqualTo(8);
        }
    }

    @Test
    void collectsOutputsOfAFileAndOfTheOutputVariable() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    script("echo a=1 >> $MILLWRIGHT_OUTPUT; echo version v1.2 > version.txt")
                            .outputs(
                                    List.of(
                                            new OutputSource(
                                                    "version", "version.txt", "v([0-9.]+)")))
                            .build();
            agent.start(step);
            assertThat(reports.end(step.attempt()).outputs())
                    .isEqualTo(Map.of("a", "1", "version", "1.2"));
        }
    }

    @Test
    void endsTheStepWhenItsTimeIsUp() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    script("sleep 100")
                            .timeout(Duration.ofMillis(200))
                            .grace(Duration.ofSeconds(1))
                            .build();
            agent.start(step);
            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.TIMEOUT);
        }
    }

    @Test
    void stopsAStepThatIsCancelled() {
        try (NodeAgent agent = agent()) {
            Assignment step = script("echo up; sleep 100").build();
            agent.start(step);
            await().until(() -> reports.logs.containsKey(step.attempt()));
            assertThat(agent.stop(step.attempt(), Action.Reason.CANCEL, Duration.ofSeconds(2)))
                    .isTrue();
            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.CANCELLATION);
        }
    }

    @Test
    void endsAStepThatWritesMoreThanItMay() {
        try (NodeAgent agent = agent()) {
            Assignment step = script("yes millwright").logLimit(100_000).build();
            agent.start(step);
            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(end.cause()).isEqualTo("log-limit");
        }
    }

    @Test
    void nothingOfTheServersEnvironmentLeaks() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    script(
                                    "env | sed 's/=.*//' | sort | grep -v -E '^(CI|MILLWRIGHT|_|PWD|SHLVL|OLDPWD)' | tr '\\n' ' ' > names")
                            .outputs(List.of(new OutputSource("names", "names", null)))
                            .environment(Map.of("OWN", "1"))
                            .build();
            agent.start(step);
            assertThat(reports.end(step.attempt()).outputs().get("names").strip())
                    .isEqualTo("HOME LANG LOGNAME OWN PATH USER");
        }
    }

    @Test
    void findsARunningStepAgainAfterARestart() {
        Assignment step =
                script("echo one; while [ ! -e go ]; do sleep 0.05; done; echo two").build();
        NodeAgent first = agent();
        first.start(step);
        await().until(() -> reports.logs.containsKey(step.attempt()));
        first.close();
        try (NodeAgent second = agent()) {
            assertThat(second.hello())
                    .singleElement()
                    .satisfies(known -> assertThat(known.state()).isEqualTo(Known.State.RUNNING));
            second.settle(
                    step.attempt(), new Settlement.Continue(reports.position(step.attempt())));
            Files.createFile(root.resolve("node/workspaces/" + step.run() + "/go"));
            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(end.lines()).isEqualTo(2);
            assertThat(end.outBytes()).isEqualTo(8);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void refusesADirectoryOutsideTheWorkspace() {
        try (NodeAgent agent = agent()) {
            for (String directory : List.of("../..", "/etc")) {
                Assignment step = script("true").directory(directory).build();
                agent.start(step);
                AttemptEnd end = reports.end(step.attempt());
                assertThat(end.outcome()).isEqualTo(Outcome.ERROR);
                assertThat(end.cause()).isEqualTo("workspace");
            }
        }
    }

    @Test
    void refusesARootThatAnotherNodeHas() {
        try (NodeAgent first = agent()) {
            assertThat(first.runnerKinds()).containsExactly("process");
            assertThatThrownBy(this::agent)
                    .isInstanceOf(NodeException.class)
                    .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void checksOutThePinnedCommitAndHealsABrokenCache() throws Exception {
        Path repository = root.resolve("origin");
        String first = commit(repository, "one");
        try (NodeAgent agent = agent()) {
            assertThat(cat(agent, repository, first)).isEqualTo("one");
            String second = commit(repository, "two");
            assertThat(cat(agent, repository, second)).isEqualTo("two");
            assertThat(cat(agent, repository, first)).isEqualTo("one");
            Path bare = agent.gitCache().fetch(repository.toString(), "").bareRepository();
            Files.writeString(bare.resolve("HEAD"), "rubbish");
            String third = commit(repository, "three");
            assertThat(cat(agent, repository, third)).isEqualTo("three");
        }
    }

    @Test
    void showsGitsOwnWordsWhenThereIsNoRepository() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    script("true")
                            .workspace(
                                    new WorkspaceRequest(
                                            root.resolve("nowhere").toString(),
                                            "1".repeat(40),
                                            null,
                                            Checkout.DEFAULT))
                            .build();
            agent.start(step);
            assertThat(reports.end(step.attempt()).message())
                    .contains("does not appear to be a git repository");
        }
    }

    private String cat(NodeAgent agent, Path repository, String commit) {
        Assignment step =
                script("cp file out.txt")
                        .workspace(
                                new WorkspaceRequest(
                                        repository.toString(), commit, null, Checkout.DEFAULT))
                        .outputs(List.of(new OutputSource("text", "out.txt", null)))
                        .build();
        agent.start(step);
        AttemptEnd end = reports.end(step.attempt());
        assertThat(end.message()).isEmpty();
        return end.outputs().get("text");
    }

    private static String commit(Path repository, String text) throws Exception {
        Files.createDirectories(repository);
        git(repository, "init", "-q", "-b", "main");
        Files.writeString(repository.resolve("file"), text);
        git(repository, "add", ".");
        git(
                repository,
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "commit",
                "-qm",
                text);
        return git(repository, "rev-parse", "HEAD");
    }

    private static String git(Path directory, String... arguments) throws Exception {
        List<String> argv = new java.util.ArrayList<>(List.of("git"));
        argv.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(argv)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }
}
