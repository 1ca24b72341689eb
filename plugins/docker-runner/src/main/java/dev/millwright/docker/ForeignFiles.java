package dev.millwright.docker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// A look for files that do not belong to the owner of their workspace. Folders that the agent may
/// not read count as such; what is gone by then does not.
final class ForeignFiles extends SimpleFileVisitor<Path> {
    private final ContainerUser owner;
    private boolean found;

    private ForeignFiles(ContainerUser owner) {
        this.owner = owner;
    }

    static boolean areIn(List<Path> folders, ContainerUser owner) throws IOException {
        ForeignFiles look = new ForeignFiles(owner);
        for (Path folder : folders) {
            Files.walkFileTree(folder, look);
        }
        return look.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
            throws IOException {
        return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        try {
            found |= ContainerUser.of(file).user() != owner.user();
        } catch (NoSuchFileException gone) {
            return visitFileFailed(file, gone);
        }
        return next();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
        switch (failed) {
            case AccessDeniedException _ -> found = true;
            case NoSuchFileException _ -> {
                // Whoever removed it keeps nothing from its owner
            }
            default -> throw failed;
        }
        return next();
    }

    private FileVisitResult next() {
        return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
}
