package dev.millwright.server.pki;

import dev.millwright.server.store.PrivateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the cluster's key comes from: the setting `cluster.key`, else the file `cluster.key` in
/// the data directory, which is made when there is no cluster yet. Used by one thread.
final class ClusterKeySource {
    private final String configured;
    private final Path file;
    private @Nullable ClusterKey made;

    /// @param configured base64; empty to use the file
    ClusterKeySource(String configured, Path dataDirectory) {
        this.configured = configured;
        this.file = dataDirectory.toAbsolutePath().resolve("cluster.key");
    }

    Path file() {
        return file;
    }

    /// The key, when there is one.
    Optional<ClusterKey> present() {
        if (!configured.isEmpty()) {
            return Optional.of(ClusterKey.parse(configured, "the setting cluster.key"));
        }
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ClusterKey.parse(Files.readString(file), file.toString()));
        } catch (IOException e) {
            throw new AuthorityException("cannot read " + file, e);
        }
    }

    /// The key; a new one in its file when there is none.
    ClusterKey presentOrMade() {
        Optional<ClusterKey> present = present();
        if (present.isPresent()) {
            return present.get();
        }
        ClusterKey key = ClusterKey.random(file.toString());
        if (write(key)) {
            made = key;
            return key;
        }
        // Another server with the same data directory was faster
        return present().orElseThrow();
    }

    /// Whether this server made the key, at this start.
    boolean isMade() {
        return made != null;
    }

    /// Take back a key that was made at this start and that nothing was sealed with.
    void forgetMade() {
        if (made == null) {
            return;
        }
        made = null;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new AuthorityException("cannot remove the useless key " + file, e);
        }
    }

    /// Make the file as a whole and on disk; false when it is there already.
    private boolean write(ClusterKey key) {
        Path fresh = file.resolveSibling("cluster.key." + UUID.randomUUID());
        try {
            PrivateFolder.createPrivateFile(fresh);
            try {
                Files.writeString(fresh, key.secret() + "\n", StandardOpenOption.WRITE);
                // Without this key the authority is lost: it has to be on disk before the other is
                try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                // Unlike a move, a link never takes the place of another server's key
                Files.createLink(file, fresh);
                return true;
            } catch (FileAlreadyExistsException raced) {
                return false;
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new AuthorityException("cannot write " + file, e);
        }
    }
}
