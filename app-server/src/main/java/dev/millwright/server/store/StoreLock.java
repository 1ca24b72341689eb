package dev.millwright.server.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.millwright.node.process.MachineBoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Keep a second server, of this or another process, away from an embedded database. The operating
/// system gives the lock back when the process dies.
final class StoreLock implements AutoCloseable {
    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    static StoreLock take(Path database) {
        Path path = database.resolveSibling(database.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            PrivateFolder.createParent(path);
            channel = FileChannel.open(path, CREATE, READ, WRITE);
            if (!isLocked(channel)) {
                String owner = owner(channel);
                throw new StoreException(
                        "another server%s uses the database %s; stop it first, or give this one a different data directory"
                                .formatted(owner, database.toAbsolutePath()));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(String.valueOf(MachineBoot.pid()).getBytes(US_ASCII)), 0);
            return new StoreLock(channel);
        } catch (IOException failed) {
            closeQuietly(channel);
            throw new StoreException(
                    "cannot use the database %s: %s".formatted(database.toAbsolutePath(), failed),
                    failed);
        } catch (StoreException taken) {
            closeQuietly(channel);
            throw taken;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), US_ASCII).strip();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // The lock was never ours
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
