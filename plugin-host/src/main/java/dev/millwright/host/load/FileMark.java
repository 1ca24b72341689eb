package dev.millwright.host.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What tells, without reading it, that a file is the one that was read before: which one it is on
/// its disk, its size, and when it was written and changed. The system sets the last of these at
/// each change of any kind, and lets nobody set it.
///
/// @param text all of that in one line
record FileMark(String text) {
    private static final String VIEW = "unix:dev,ino,size,lastModifiedTime,ctime";

    /// Two changes within a tick of the system's clock have the same time.
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /// Empty for a file that has just been changed, and where the system tells too little.
    static Optional<FileMark> of(Path file) throws IOException {
        try {
            Map<String, Object> found = Files.readAttributes(file, VIEW);
            if (!(found.get("ctime") instanceof FileTime changed)
                    || changed.toInstant().isAfter(Instant.now().minus(SETTLED))) {
                return Optional.empty();
            }
            return Optional.of(
                    new FileMark(
                            "%s %s %s %s %s"
                                    .formatted(
                                            found.get("dev"),
                                            found.get("ino"),
                                            found.get("size"),
                                            found.get("lastModifiedTime"),
                                            changed)));
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return Optional.empty();
        }
    }
}
