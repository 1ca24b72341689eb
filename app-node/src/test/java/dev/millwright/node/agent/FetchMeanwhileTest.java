package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.ScriptStep;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.git.FolderSize;
import dev.millwright.node.git.GitHttpServer;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.git.GitSettings;
import dev.millwright.node.git.Pieces;
import dev.millwright.node.git.TestGit;
import dev.millwright.node.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node while it fetches something large that never ends.
@Tag("S30")
@Timeout(120)
final class FetchMeanwhileTest extends AgentFixture {
    private static final long MIB = 1L << 20;
    private GitHttpServer server;
    private String commit;

    @BeforeEach
    void serve() throws Exception {
        Path served = Files.createDirectory(root.resolve("served"));
        server = GitHttpServer.start(served);
        Path web = served.resolve("web");
        TestGit.init(web);
        Pieces.haveNothingInCommon(web);
        Pieces.write(web, 8);
        commit = TestGit.commit(web, "eight mebibytes");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Assignment step(String path) {
        return ScriptStep.builder("true")
                .workspace(
                        new WorkspaceRequest(
                                server.url(path), commit, "refs/heads/main", Checkout.DEFAULT))
                .build();
    }

    private NodeAgent agent(GitLimits limits) {
        NodeSettings usual = NodeSettings.local(root.resolve("node"), 4);
        return NodeAgent.create(
                new NodeSettings(
                        usual.name(),
                        usual.root(),
                        usual.workspaceRoot(),
                        usual.slots(),
                        GitSettings.DEFAULT.within(limits)),
                List.of(new ProcessRunner()),
                reports);
    }

    private long cached() throws IOException {
        return FolderSize.of(root.resolve("node/git"));
    }

    private boolean isFetching() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> process.info().commandLine())
                .flatMap(Optional::stream)
                .anyMatch(line -> line.contains(server.url("/stuck")));
    }

    @Test
    void otherStepsGoOnAndACancelEndsItAtOnce() throws IOException {
        try (NodeAgent agent = agent(GitLimits.DEFAULT)) {
            Assignment stuck = step("/stuck/web");
            agent.start(stuck);
            await().atMost(Duration.ofSeconds(60)).until(() -> cached() > 2 * MIB);

            Assignment plain = ScriptStep.of("true");
            Assignment other = step("/open/web");
            agent.start(plain);
            agent.start(other);
            assertThat(reports.end(plain.attempt()).outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(reports.end(other.attempt()).message()).isEmpty();
            assertThat(reports.ends).doesNotContainKey(stuck.attempt());
            assertThat(isFetching()).isTrue();
            assertThat(cached()).isGreaterThan(10 * MIB);

            agent.stop(stuck.attempt(), Action.Reason.CANCEL, Duration.ofMinutes(1));
            assertThat(reports.end(stuck.attempt()).outcome()).isEqualTo(Outcome.CANCELLATION);
            agent.forgetRun(stuck.run());

            await().atMost(Duration.ofSeconds(20)).until(() -> !isFetching());
            await().atMost(Duration.ofSeconds(20)).until(() -> cached() < 9 * MIB);
            assertThat(agent.runs()).containsExactlyInAnyOrder(plain.run(), other.run());
        }
    }

    @Test
    void whatIsTooLargeEndsTheStepWithASentenceAndOthersGoOn() throws IOException {
        GitLimits small = new GitLimits(2 * MIB, MIB, 1000, 0);
        try (NodeAgent agent = agent(small)) {
            Assignment large = step("/stuck/web");
            agent.start(large);

            AttemptEnd end = reports.end(large.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(end.cause()).isEqualTo("workspace");
            assertThat(end.message())
                    .contains("too large for this node", "2 MiB", "'--repository-limit'");
            assertThat(cached()).isLessThan(MIB);
            assertThat(FolderSize.of(root.resolve("node/workspaces"))).isLessThan(MIB / 16);
            Assignment plain = ScriptStep.of("true");
            agent.start(plain);
            assertThat(reports.end(plain.attempt()).outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }
}
