package dev.millwright.node.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Deletes whole folders. Links are deleted, never followed; what cannot be deleted does not save
/// the rest.
public final class Trees {
    private Trees() {}

    /// Delete the folder with all that is in it; a folder that is not there is no error. Throws the
    /// first thing that went wrong, at the end.
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Deletion deletion = new Deletion();
        Files.walkFileTree(root, deletion);
        if (deletion.trouble != null) {
            throw deletion.trouble;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        private @Nullable IOException trouble;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            // A step may have taken its own permission away
            File opened = folder.toFile();
            var _ =
                    opened.setReadable(true)
                            && opened.setWritable(true)
                            && opened.setExecutable(true);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            note(unreadable);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) {
            delete(folder);
            return FileVisitResult.CONTINUE;
        }

        private void delete(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException busy) {
                note(busy);
            }
        }

        private void note(IOException problem) {
            if (trouble == null) {
                trouble = problem;
            }
        }
    }
}
