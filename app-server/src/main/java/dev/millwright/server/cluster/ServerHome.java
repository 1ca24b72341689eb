package dev.millwright.server.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.millwright.server.store.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.UUID;

/// The file `server.id` in the data directory: by it a server that was killed is known again when
/// it starts anew. Held until this is closed, so that no two servers share a data directory; the
/// operating system lets go of it when the process dies.
public final class ServerHome implements AutoCloseable {
    private final FileChannel channel;
    private final UUID id;

    private ServerHome(FileChannel channel, UUID id) {
        this.channel = channel;
        this.id = id;
    }

    /// Throws [ClusterException] when another server has it.
    public static ServerHome take(Path dataDirectory) {
        Path file = dataDirectory.resolve("server.id");
        try {
            PrivateFolder.createParent(file);
            FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new ClusterException(
                        "another server uses the data directory %s; give this one another: --data-dir"
                                .formatted(dataDirectory.toAbsolutePath()));
            }
            return new ServerHome(channel, idIn(channel));
        } catch (IOException failed) {
            throw new ClusterException("cannot use %s: %s".formatted(file, failed), failed);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    private static UUID idIn(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(100);
        channel.read(content, 0);
        String text = new String(content.array(), 0, content.position(), US_ASCII).strip();
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noneYet) {
            UUID id = UUID.randomUUID();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((id + "\n").getBytes(US_ASCII)), 0);
            return id;
        }
    }

    public UUID id() {
        return id;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new ClusterException("cannot let go of the data directory: " + failed, failed);
        }
    }
}
