package dev.millwright.node.program;

import dev.millwright.node.NodeException;
import dev.millwright.node.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a node's folder is, so that a copy of it is known for one before it does any harm: two
/// agents with one identity and one journal would tell the server of the same steps, and end each
/// other's. The number that the file system gave the folder is kept in `<root>/place`; a copy has
/// another one. Where file systems have no such numbers nothing is kept. Used under the folder's
/// lock.
///
/// The image of a whole machine is the same to the last number; the server notices such a copy,
/// later.
final class RootPlace {
    private static final String FILE = "place";
    private static final String NUMBER = "unix:ino";

    private RootPlace() {}

    /// Throws [NodeException] when the folder was made somewhere else; else it belongs here from
    /// now on.
    static void settle(Path root) throws IOException {
        if (!root.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        Path file = root.resolve(FILE);
        String here = Files.getAttribute(root.toRealPath(), NUMBER).toString();
        if (!Files.exists(file)) {
            WholeFile.write(file, here + "\n");
        } else if (!Files.readString(file).strip().equals(here)) {
            throw new NodeException(
                    ("%s is the copy of a node's folder, or was moved or restored: two agents must never"
                                    + " use one identity. Start with another --root and join to make this"
                                    + " a node of its own; only if the other folder is gone for good,"
                                    + " delete %s and start again")
                            .formatted(root, file));
        }
    }
}
