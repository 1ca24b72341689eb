package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    private static final long GIB = 1L << 30;

    @TempDir Path root;

    private Room room(long free, long total, long spool) {
        return new Room(
                root.resolve("attempts"),
                List.of(root),
                new RoomLimits(spool, GIB, 5),
                _ -> new Room.Space(free, total));
    }

    @Test
    void takesWorkWhileThereIsRoom() {
        assertThat(room(2 * GIB, 10 * GIB, GIB).refusal()).isEmpty();
    }

    @Test
    void refusesOnADiskWithLittleSpaceOrASmallShare() {
        assertThat(room(GIB - 1, 10 * GIB, GIB).refusal())
                .startsWith(
                        "less than 1 GiB is free on the disk of %s: 1023.9 MiB of 10 GiB; make room"
                                .formatted(root))
                .contains("'--min-free' of");
        assertThat(room(4 * GIB, 100 * GIB, GIB).refusal())
                .startsWith("less than 5 % is free on the disk of " + root + ": 4 GiB of 100 GiB;")
                .contains("'--min-free-percent' of");
    }

    @Test
    void refusesWhenTheOutputOfStepsFillsFourFifths() throws IOException {
        Path work = Files.createDirectories(root.resolve("attempts/a/work"));
        Files.write(work.resolve("out"), new byte[600]);
        assertThat(room(2 * GIB, 10 * GIB, 1_000).refusal()).isEmpty();
        Files.write(work.resolve("err"), new byte[200]);
        assertThat(room(2 * GIB, 10 * GIB, 1_000).refusal()).contains("no server has taken");
        Files.delete(work.resolve("out"));
        assertThat(room(2 * GIB, 10 * GIB, 1_000).refusal()).isEmpty();
    }

    @Test
    void refusesWhenTheDiskCannotBeRead() {
        Room room =
                new Room(
                        root,
                        List.of(root),
                        RoomLimits.DEFAULT,
                        _ -> {
                            throw new IOException("I/O error");
                        });
        assertThat(room.refusal()).contains("I/O error");
    }

    @Test
    void seesTheDiskAsTheSystemDoes() throws IOException {
        Room.Space space = Room.Disk.real().of(root);
        assertThat(space.total()).isEqualTo(Files.getFileStore(root).getTotalSpace());
        assertThat(space.free()).isPositive().isLessThanOrEqualTo(space.total());
    }

    @Test
    void refusesWhenItsFolderIsGone() {
        Path gone = root.resolve("gone");
        Room room = new Room(root, List.of(gone), RoomLimits.DEFAULT, Room.Disk.real());
        assertThat(room.refusal()).contains("it cannot be told", gone.toString());
    }
}
