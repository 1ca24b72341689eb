package dev.millwright.node.agent;

import dev.millwright.model.Bytes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whether there is room for more work. Called from any thread.
public final class Room {
    private final Path journal;
    private final List<Path> folders;
    private final RoomLimits limits;
    private final Disk disk;

    /// Tells how full the disk is that a folder lies on.
    public interface Disk {
        Space of(Path folder) throws IOException;

        /// Of the machine itself. Asked every second, so not over a [java.nio.file.FileStore],
        /// which reads the whole table of mounts.
        static Disk real() {
            return folder -> {
                File there = folder.toFile();
                long total = there.getTotalSpace();
                if (total == 0) {
                    throw new IOException("nothing is known of the disk of " + folder);
                }
                return new Space(there.getUsableSpace(), total);
            };
        }
    }

    /// In bytes.
    public record Space(long free, long total) {}

    /// @param journal holds a folder per attempt, and in it what the step wrote
    /// @param folders whose disks must not be full
    public Room(Path journal, List<Path> folders, RoomLimits limits, Disk disk) {
        this.journal = journal;
        this.folders = List.copyOf(folders);
        this.limits = limits;
        this.disk = disk;
    }

    /// Why no new work is taken, for people; empty when there is room.
    public String refusal() {
        try {
            for (Path folder : folders) {
                Space space = disk.of(folder);
                if (space.free() < limits.freeBytes()) {
                    return little(folder, space, Bytes.words(limits.freeBytes()), "--min-free");
                }
                if (space.free() < space.total() / 100 * limits.freePercent()) {
                    String share = limits.freePercent() + " %";
                    return little(folder, space, share, "--min-free-percent");
                }
            }
            long spooled = spooled();
            if (spooled >= limits.spoolBytes() / 5 * 4) {
                return "the output of steps that no server has taken yet fills %s of %s"
                        .formatted(Bytes.words(spooled), Bytes.words(limits.spoolBytes()));
            }
            return "";
        } catch (IOException broken) {
            return "it cannot be told how full the disk is: " + broken.getMessage();
        }
    }

    private static String little(Path folder, Space space, String limit, String option) {
        return "less than %s is free on the disk of %s: %s of %s; make room (the limit is '%s' of 'millwright node run', and fixed for a server's own node)"
                .formatted(
                        limit,
                        folder,
                        Bytes.words(space.free()),
                        Bytes.words(space.total()),
                        option);
    }

    private long spooled() throws IOException {
        if (!Files.isDirectory(journal)) {
            return 0;
        }
        try (Stream<Path> attempts = Files.list(journal)) {
            return attempts.map(attempt -> attempt.resolve("work"))
                    .mapToLong(work -> length(work.resolve("out")) + length(work.resolve("err")))
                    .sum();
        }
    }

    /// 0 for what is not there, or no longer.
    private static long length(Path file) {
        return file.toFile().length();
    }
}
