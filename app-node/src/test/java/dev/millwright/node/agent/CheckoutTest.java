package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.ScriptStep;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.git.TestGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a step finds in its workspace.
class CheckoutTest extends AgentFixture {
    @Test
    void checksOutThePinnedCommitAndHealsABrokenCache() throws IOException {
        Path repository = root.resolve("origin");
        TestGit.init(repository);
        String first = TestGit.commit(repository, "one");
        try (NodeAgent agent = agent()) {
            assertThat(cat(agent, repository, first)).isEqualTo("one");
            String second = TestGit.commit(repository, "two");
            assertThat(cat(agent, repository, second)).isEqualTo("two");
            assertThat(cat(agent, repository, first)).isEqualTo("one");
            Path bare = agent.gitCache().fetch(repository.toString(), "").bareRepository();
            Files.writeString(bare.resolve("HEAD"), "rubbish");
            String third = TestGit.commit(repository, "three");
            assertThat(cat(agent, repository, third)).isEqualTo("three");
        }
    }

    @Test
    void showsGitsOwnWordsWhenThereIsNoRepository() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    ScriptStep.builder("true")
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

    @Test
    @Tag("S30")
    void aLinkOutOfTheWorkspaceIsNotReadForTheStep() throws IOException {
        Path repository = root.resolve("origin");
        TestGit.init(repository);
        Path secret = Files.writeString(root.resolve("secret"), "of this machine");
        Files.createSymbolicLink(repository.resolve("out.txt"), secret);
        String commit = TestGit.commit(repository, "with a link");
        try (NodeAgent agent = agent()) {
            Assignment step = telling("test -L out.txt", repository, commit);
            agent.start(step);

            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.cause()).isEqualTo("outputs");
            assertThat(end.message()).contains("lies outside the workspace");
            assertThat(end.outputs()).isEmpty();
        }
    }

    private String cat(NodeAgent agent, Path repository, String commit) {
        Assignment step = telling("cp file out.txt", repository, commit);
        agent.start(step);
        AttemptEnd end = reports.end(step.attempt());
        assertThat(end.message()).isEmpty();
        return end.outputs().get("text");
    }

    /// A step whose output `text` is what it leaves in `out.txt`.
    private static Assignment telling(String script, Path repository, String commit) {
        return ScriptStep.builder(script)
                .workspace(
                        new WorkspaceRequest(repository.toString(), commit, null, Checkout.DEFAULT))
                .outputs(List.of(new OutputSource("text", "out.txt", null)))
                .build();
    }
}
