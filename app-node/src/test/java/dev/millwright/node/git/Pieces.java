package dev.millwright.node.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Writes what cannot be made smaller, in pieces: of few objects git writes none before it is
/// complete.
public final class Pieces {
    private static final int IN_A_MEBIBYTE = 32;

    private Pieces() {}

    /// Spare a repository the search for what its files have in common, which takes seconds.
    public static void haveNothingInCommon(Path repository) {
        TestGit.git(repository, "config", "pack.window", "0");
    }

    /// @param folder is made when it is not there
    public static void write(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(folder.hashCode());
        byte[] bytes = new byte[(1 << 20) / IN_A_MEBIBYTE];
        for (int i = 0; i < mebibytes * IN_A_MEBIBYTE; i++) {
            random.nextBytes(bytes);
            Files.write(folder.resolve("piece" + i), bytes);
        }
    }
}
