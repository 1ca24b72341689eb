package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a container sees of the node's cache of git objects.
final class GitObjectsTest {
    @TempDir Path temporary;

    private Path root;
    private Path objects;
    private Path alternates;
    private WorkOrder order;

    @BeforeEach
    void makeNode() throws Exception {
        root = temporary.toRealPath();
        objects = Files.createDirectories(root.resolve("git/web/objects"));
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        Path workspace = root.resolve("workspaces/run");
        alternates =
                Files.createDirectories(workspace.resolve(".git/objects/info"))
                        .resolve("alternates");
        Path home = Files.createDirectories(root.resolve("attempts/" + attempt + "/home"));
        order = new WorkOrder(attempt, home, workspace, workspace, Map.of(), Parameters.NONE);
    }

    private List<Path> seen(String written) throws Exception {
        Files.writeString(alternates, written);
        return GitObjects.of(order);
    }

    @Test
    void isWhatTheWorkspaceBorrowsFrom() throws Exception {
        assertThat(seen(objects + "\n")).containsExactly(objects);
    }

    @Test
    @Tag("S48")
    void isNothingElseWhateverAStepWritesThere() throws Exception {
        Path outside = Files.createDirectories(root.resolve("elsewhere/objects"));
        Path link = Files.createSymbolicLink(root.resolve("git/objects"), outside);
        assertThat(seen("/\n/etc\n%s\n%s\n".formatted(outside, link))).isEmpty();
        assertThat(seen(root.resolve("git/../elsewhere/objects") + "\n")).isEmpty();
        assertThat(seen(root.resolve("git/web") + "\n\0\n")).isEmpty();
        Files.delete(alternates);
        assertThat(GitObjects.of(order)).isEmpty();
    }
}
