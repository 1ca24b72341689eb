package dev.millwright.docker;

import dev.millwright.plugin.runner.RunnerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// A user by number, as containers take it.
record ContainerUser(int user, int group) {
    static final ContainerUser ROOT = new ContainerUser(0, 0);

    /// Whoever owns a file or folder that is known to be there.
    static ContainerUser ownerOf(Path path) {
        try {
            return of(path);
        } catch (IOException gone) {
            throw new RunnerException("the owner of %s cannot be told".formatted(path), gone);
        }
    }

    /// Whoever owns a file or folder; throws when it cannot be told, as when it is gone.
    static ContainerUser of(Path path) throws IOException {
        Map<String, Object> owner =
                Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        return new ContainerUser(
                (Integer) owner.getOrDefault("uid", 0), (Integer) owner.getOrDefault("gid", 0));
    }

    @Override
    public String toString() {
        return user + ":" + group;
    }
}
