package dev.millwright.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Keeps whoever changes the plugin API from doing so by accident: what was taken away or changed
/// breaks plugins that exist, and what was added has to stay.
class PublicSurfaceTest {
    private static final Path WRITTEN =
            Path.of("src/test/resources/dev/millwright/plugin/public-surface.txt");

    @Test
    void isWhatWasAgreed() throws Exception {
        Path classes =
                Path.of(
                        Extension.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        String surface = PublicSurface.of(classes);
        if (Boolean.getBoolean("millwright.rewrite")) {
            Files.createDirectories(WRITTEN.getParent());
            Files.writeString(WRITTEN, surface);
        }
        assertThat(surface)
                .as(
                        "a change that is meant: run this test with -Dmillwright.rewrite=true, and see docs/plugin-guide.md, Compatibility")
                .isEqualTo(Files.readString(WRITTEN));
    }

    @Test
    void everyTypeSaysHowStableItIs() throws Exception {
        assertThat(Files.readString(WRITTEN).lines().filter(line -> !line.startsWith(" ")))
                // A type within another one is as stable as that
                .filteredOn(line -> !line.matches(".*[ .]\\w+\\$\\w+.*"))
                .allMatch(line -> line.contains(" @"));
    }
}
