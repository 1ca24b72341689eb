package dev.millwright.node.workspace;

import dev.millwright.node.NodeException;
import dev.millwright.node.process.MachineBoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps two nodes from using one workspace root. The system frees it when the process dies.
final class RootLock implements AutoCloseable {
    private final FileChannel channel;

    private RootLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Throws [NodeException] naming the process that has the root.
    static RootLock take(Path root) throws IOException {
        Path file = root.resolve(".lock");
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(MachineBoot.pid()).getBytes(StandardCharsets.US_ASCII)));
            return new RootLock(channel);
        }
        String owner = Files.readString(file).strip();
        channel.close();
        throw new NodeException(
                "the workspace root %s is in use by process %s; give this node another --workspace-root"
                        .formatted(root, owner.isEmpty() ? "?" : owner));
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The lock goes with the process at the latest
        }
    }
}
