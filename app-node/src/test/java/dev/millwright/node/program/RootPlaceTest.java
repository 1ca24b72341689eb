package dev.millwright.node.program;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.node.NodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S23")
class RootPlaceTest {
    @TempDir Path folder;

    private Path root() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        RootPlace.settle(root);
        return root;
    }

    private Path copyOf(Path root) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(
                root.resolve("place"), copy.resolve("place"), StandardCopyOption.COPY_ATTRIBUTES);
        return copy;
    }

    @Test
    void aFolderThatStaysOrGetsAnotherNameIsTheSame() throws IOException {
        Path root = root();
        assertThatCode(() -> RootPlace.settle(root)).doesNotThrowAnyException();

        Path renamed = Files.move(root, folder.resolve("renamed"));
        assertThatCode(() -> RootPlace.settle(renamed)).doesNotThrowAnyException();
    }

    @Test
    void aCopyIsRefusedAndSaysWhatToDo() throws IOException {
        Path copy = copyOf(root());

        assertThatThrownBy(() -> RootPlace.settle(copy))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining(copy + " is the copy of a node's folder")
                .hasMessageContaining("delete " + copy.resolve("place"));
    }

    @Test
    void whoeverSaysThatTheOtherIsGoneGoesOn() throws IOException {
        Path copy = copyOf(root());
        Files.delete(copy.resolve("place"));

        RootPlace.settle(copy);

        assertThatCode(() -> RootPlace.settle(copy)).doesNotThrowAnyException();
    }
}
