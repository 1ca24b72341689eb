package dev.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The plugins of this repository come with Millwright.
@Tag("house")
final class PluginModulesTest {
    private static List<Path> poms() {
        return SourceTree.filesEndingWith("pom.xml").stream()
                .filter(pom -> pom.startsWith(SourceTree.root().resolve("plugins")))
                .filter(pom -> SourceTree.root().relativize(pom).getNameCount() == 3)
                .toList();
    }

    @Test
    void everyPluginIsPutIntoTheDistribution() {
        assertThat(poms())
                .isNotEmpty()
                .allSatisfy(pom ->
                        assertThat(SourceTree.linesOf(pom))
                                .as(
                                        "%s: name the execution 'dist-plugin', as github-webhook does",
                                        pom)
                                .anyMatch(line -> line.contains("<id>dist-plugin</id>")));
    }

    @Test
    void everyPluginIsAModuleOfTheBuild() {
        List<String> build = SourceTree.linesOf(SourceTree.root().resolve("pom.xml"));
        assertThat(poms())
                .allSatisfy(pom ->
                        assertThat(build)
                                .contains(
                                        "    <module>plugins/%s</module>"
                                                .formatted(pom.getParent().getFileName())));
    }
}
