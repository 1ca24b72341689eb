package dev.millwright.testkit;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class LinesFormatTest extends FormatContract {
    @TempDir static Path folder;
    private static Path built;

    @BeforeAll
    static void build() {
        built = SamplePlugin.build(folder);
    }

    @Override
    protected Path plugin() {
        return built;
    }

    @Override
    protected String kind() {
        return "lines";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of();
    }

    @Override
    protected String valid() {
        return "run make\n";
    }
}
