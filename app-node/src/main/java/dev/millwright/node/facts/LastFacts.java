package dev.millwright.node.facts;

import dev.millwright.node.NodeException;
import dev.millwright.node.WholeFile;
import dev.millwright.node.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// What the last look at the machine found, on its disk. Without it, facts would be unknown from
/// each start to the end of the first look. One thread.
final class LastFacts {
    private static final Logger log = LoggerFactory.getLogger(LastFacts.class);

    private final Path file;

    LastFacts(Path file) {
        this.file = file;
    }

    /// Nothing when there was no look, or it cannot be read.
    Map<String, String> read() {
        try {
            return Files.exists(file)
                    ? JsonText.object(Files.readString(file)).allTexts()
                    : Map.of();
        } catch (IOException | JacksonException | NodeException unreadable) {
            log.debug("{} cannot be read; the next look writes it anew", file, unreadable);
            return Map.of();
        }
    }

    void write(Map<String, String> facts) {
        try {
            WholeFile.write(file, JsonText.write(facts));
        } catch (IOException full) {
            log.debug("the facts cannot be kept in {}", file, full);
        }
    }
}
