package dev.millwright.server.access;

import dev.millwright.server.store.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The file `admin.key` in the data directory, readable by its owner only.
record AdminKeyFile(Path path) {
    static AdminKeyFile in(Path dataDirectory) {
        return new AdminKeyFile(dataDirectory.resolve("admin.key"));
    }

    Optional<AccessKey> read() {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            return AccessKey.parse(Files.readString(path).strip());
        } catch (IOException e) {
            throw new AccessException("cannot read " + path, e);
        }
    }

    /// Make the file as a whole; it never exists with wider permissions or half of its content.
    void write(AccessKey key) {
        Path fresh = path.resolveSibling("admin.key.new");
        try {
            Files.deleteIfExists(fresh);
            PrivateFolder.createPrivateFile(fresh);
            Files.writeString(fresh, key.secret() + "\n", StandardOpenOption.WRITE);
            Files.move(
                    fresh,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AccessException("cannot write " + path, e);
        }
    }
}
