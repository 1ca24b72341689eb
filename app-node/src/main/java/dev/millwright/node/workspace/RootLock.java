package dev.millwright.node.workspace;

import dev.millwright.node.NodeException;
import dev.millwright.node.process.MachineBoot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps two nodes from using one folder. The system frees it when the process dies.
///
/// Two files: closing any handle of a locked file would free the lock of the whole process, so
/// `.lock` is opened by nobody but its holder, and who that is stands in `.owner`.
public final class RootLock implements AutoCloseable {
    private final FileChannel channel;
    private final Path owner;

    private RootLock(FileChannel channel, Path owner) {
        this.channel = channel;
        this.owner = owner;
    }

    /// Throws [NodeException] naming the process that has the folder.
    ///
    /// @param what the folder is, for people
    /// @param option with which another one is chosen
    public static RootLock take(Path root, String what, String option) throws IOException {
        Path owner = root.resolve(".owner");
        String self = MachineBoot.process();
        if (self.equals(read(owner))) {
            throw refused(root, what, option, self);
        }
        FileChannel channel =
                FileChannel.open(
                        root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw refused(root, what, option, read(owner));
        }
        Files.writeString(owner, self);
        return new RootLock(channel, owner);
    }

    private static NodeException refused(Path root, String what, String option, String owner) {
        String pid = owner.replaceFirst(" .*", "");
        return new NodeException(
                "the %s %s is in use by process %s; give this node another %s"
                        .formatted(what, root, pid.isEmpty() ? "?" : pid, option));
    }

    private static String read(Path owner) throws IOException {
        return Files.exists(owner) ? Files.readString(owner).strip() : "";
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(owner);
            channel.close();
        } catch (IOException ignored) {
            // The lock goes with the process at the latest
        }
    }
}
