package dev.millwright.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.node.NodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacesTest {
    @TempDir Path folder;
    private Path workspace = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.createDirectories(workspace.resolve("inner/deep"));
        Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(workspace.resolve("inside"), Path.of("inner"));
        Files.createSymbolicLink(workspace.resolve("escape"), Path.of("../outside"));
        Files.createSymbolicLink(workspace.resolve("inner/escape"), folder.resolve("outside"));
    }

    @Test
    void stepsMayWorkAnywhereInTheWorkspace() throws IOException {
        Path real = workspace.toRealPath();

        assertThat(Workspaces.directory(workspace, null)).isEqualTo(workspace);
        assertThat(Workspaces.directory(workspace, "inner/deep"))
                .isEqualTo(real.resolve("inner/deep"));
        assertThat(Workspaces.directory(workspace, "inside/deep/../deep"))
                .isEqualTo(real.resolve("inner/deep"));
    }

    @ParameterizedTest
    @Tag("S48")
    @ValueSource(strings = {"..", "../outside", "/", "escape", "inner/escape", "inside/escape"})
    void noWayLeadsOutOfIt(String directory) {
        assertThatThrownBy(() -> Workspaces.directory(workspace, directory))
                .isInstanceOf(NodeException.class)
                .hasMessage("directory '%s' leaves the workspace", directory);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> Workspaces.directory(workspace, "nowhere"))
                .isInstanceOf(NodeException.class)
                .hasMessage("there is no directory 'nowhere' in the workspace");
    }
}
