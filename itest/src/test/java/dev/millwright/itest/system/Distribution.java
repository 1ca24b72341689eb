package dev.millwright.itest.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the build has put together for users. The tests of a module run in the module's folder.
public final class Distribution {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Distribution() {}

    /// The script `millwright` of the project.
    public static Path launcher() {
        return ROOT.resolve("millwright");
    }

    /// Put a plugin that comes with Millwright where a server with its data in `data` of the folder
    /// looks for it, as `millwright plugin install` does.
    public static void install(String plugin, Path folder) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        String file = plugin + ".jar";
        Files.copy(ROOT.resolve("target/dist/plugins").resolve(file), plugins.resolve(file));
    }
}
