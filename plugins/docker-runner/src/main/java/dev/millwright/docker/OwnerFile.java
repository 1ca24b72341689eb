package dev.millwright.docker;

import dev.millwright.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// A name for this node among all that share an engine; it lasts as long as the plugin's folder.
final class OwnerFile {
    private OwnerFile() {}

    static String in(Path folder) {
        Path file = folder.resolve("owner");
        try {
            if (!Files.exists(file)) {
                Path half = folder.resolve("owner." + UUID.randomUUID());
                Files.writeString(half, UUID.randomUUID().toString());
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException broken) {
            throw new PluginException("%s cannot be used: %s".formatted(file, broken), broken);
        }
    }
}
