package dev.millwright.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class FileExporterTest extends ExporterContract {
    @TempDir static Path folder;
    private static Path built;
    @TempDir Path out;

    @BeforeAll
    static void build() {
        built = SamplePlugin.build(folder);
    }

    @BeforeEach
    void empty() throws IOException {
        Files.createDirectories(sink());
    }

    private Path sink() {
        return out.resolve("sink");
    }

    @Override
    protected Path plugin() {
        return built;
    }

    @Override
    protected String kind() {
        return "file";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of("folder", sink().toString());
    }

    @Override
    protected int received() {
        try (Stream<Path> files = Files.list(sink())) {
            return (int) files.count();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Override
    protected void receiver(boolean up) throws IOException {
        if (up) {
            Files.createDirectories(sink());
        } else {
            Files.delete(sink());
        }
    }
}
