package dev.millwright.server.store;

import dev.millwright.model.Bytes;
import java.nio.file.Path;

/// Keeps the embedded database away from a disk that is full.
///
/// A database file whose writes fail has to be opened anew, and when that happens again and again
/// on a full disk, H2 comes back with an older state now and then: what was promised would be gone.
/// So nothing is written any more while there is still some room.
///
/// Called from any thread.
final class DiskFloor {
    private final Path folder;
    private final long minFree;

    /// @param folder on the disk that must not be full; has to be there
    /// @param minFree in bytes
    DiskFloor(Path folder, long minFree) {
        this.folder = folder;
        this.minFree = minFree;
    }

    boolean isReached() {
        return free() < minFree;
    }

    /// Throws [StoreUnavailableException] when there is too little room.
    void requireRoom() {
        long free = free();
        if (free < minFree) {
            throw new StoreUnavailableException(
                    "the disk of %s is full: %s are free, and the database takes nothing below %s (database.min-free)"
                            .formatted(folder, Bytes.words(free), Bytes.words(minFree)));
        }
    }

    /// Of a folder that cannot be reached: 0.
    private long free() {
        return folder.toFile().getUsableSpace();
    }
}
