package dev.millwright.node.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.RepositoryLogin;
import dev.millwright.node.ScriptStep;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.git.TestGit;
import dev.millwright.plugin.Secret;
import dev.millwright.testkit.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The key of a pipeline's repository, shown to OpenSSH's own server by git and ssh of the machine.
@Timeout(120)
final class RepositoryKeyIT extends AgentFixture {
    private static final String READER = "0123456789abcdef0123456789abcdef";

    private Path repository;
    private String commit;

    @BeforeEach
    void makeRepository() {
        repository = root.resolve("web");
        TestGit.init(repository);
        commit = TestGit.commit(repository, "over ssh");
    }

    private SshServer server(String name) throws Exception {
        return SshServer.start(Files.createDirectory(root.resolve(name)));
    }

    private Assignment step(String script, SshServer server, String key, String knownHost) {
        RepositoryLogin login =
                new RepositoryLogin(READER, "git", null, Secret.of(key), List.of(knownHost), true);
        return ScriptStep.builder(script)
                .workspace(
                        new WorkspaceRequest(
                                server.url(repository),
                                commit,
                                "refs/heads/main",
                                Checkout.DEFAULT,
                                login))
                .build();
    }

    @Test
    void itOpensTheRepositoryAndTheStepFindsNothingOfIt() throws Exception {
        try (SshServer server = server("ssh");
                NodeAgent agent = agent()) {
            Assignment step =
                    step(
                            "echo $$ $PPID > .pids; mv .pids pids; until test -e go; do sleep 0.1; done",
                            server,
                            server.privateKey(),
                            server.knownHost());
            // What nothing else holds; a line that is short enough for every place
            String trace = server.privateKey().lines().toList().get(2);

            agent.start(step);

            Path workspace = root.resolve("node/workspaces/" + step.run());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(workspace.resolve("pids")));
            assertThat(workspace.resolve("file")).hasContent("over ssh");
            assertThat(holding(root.resolve("ssh"), trace)).isNotEmpty();
            assertThat(holding(root.resolve("node"), trace)).isEmpty();
            assertThat(root.resolve("node/git/.keys")).isEmptyDirectory();
            for (String pid : Files.readString(workspace.resolve("pids")).strip().split(" ", 2)) {
                Path process = Path.of("/proc", pid);
                for (String file : List.of("environ", "cmdline")) {
                    assertThat(Files.readString(process.resolve(file), ISO_8859_1))
                            .isNotEmpty()
                            .doesNotContain(trace, ".keys", "MILLWRIGHT_GIT", "IdentityFile");
                }
                assertThat(open(process)).isNotEmpty().noneMatch(file -> file.contains(".keys"));
            }
            // Else nothing is proved where a refusal is expected
            assertThat(root.resolve("ssh/sshd.log")).content().contains("Accepted publickey");
            Files.createFile(workspace.resolve("go"));
            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(holding(root.resolve("node"), trace)).isEmpty();
        }
    }

    private static List<Path> holding(Path place, String text) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, ISO_8859_1).contains(text);
        } catch (IOException gone) {
            return false;
        }
    }

    /// What the process has open.
    private static List<String> open(Path process) throws IOException {
        try (Stream<Path> handles = Files.list(process.resolve("fd"))) {
            return handles.map(
                            handle -> {
                                try {
                                    return Files.readSymbolicLink(handle).toString();
                                } catch (IOException closed) {
                                    return "";
                                }
                            })
                    .toList();
        }
    }

    private AttemptEnd refused(Assignment step, String secret) throws IOException {
        try (NodeAgent agent = agent()) {
            agent.start(step);
            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(end.cause()).isEqualTo("workspace");
            assertThat(end.message()).doesNotContain(secret.lines().toList().get(2));
            assertThat(holding(root.resolve("node"), secret.lines().toList().get(2))).isEmpty();
            return end;
        }
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        try (SshServer server = server("ssh");
                SshServer other = server("other")) {
            String wrong = other.privateKey();

            assertThat(refused(step("true", server, wrong, server.knownHost()), wrong).message())
                    .contains("Permission denied (publickey)")
                    .contains("did not take what the pipeline's 'repository' names");
        }
    }

    @Test
    void aHostWithAnotherKeyIsShownNothing() throws Exception {
        try (SshServer server = server("ssh");
                SshServer other = server("other")) {
            String place = server.knownHost().split(" ", 2)[0];
            String wrong = place + " " + other.knownHost().split(" ", 2)[1];
            String key = server.privateKey();

            assertThat(refused(step("true", server, key, wrong), key).message())
                    .contains("Host key verification failed")
                    .contains("'knownHosts'");
            assertThat(root.resolve("ssh/sshd.log")).content().doesNotContain("Accepted publickey");
        }
    }
}
