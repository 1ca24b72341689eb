package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.load.LoadException;
import dev.millwright.host.use.Point;
import dev.millwright.plugin.NetworkWall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that says itself which files of its folder count, and what others get of them.
class AdmissionTest {
    private static final String RUNNER =
            """
            package sample;
            import dev.millwright.model.Parameters;
            import dev.millwright.plugin.runner.*;
            import java.util.Optional;
            public final class Carrying implements Runner<Parameters> {
                public String kind() { return "carrying"; }
                public Class<Parameters> configuration() { return Parameters.class; }
                public Execution start(WorkOrder order, Parameters step) { return null; }
                public Optional<Execution> attach(WorkOrder order, Parameters step) {
                    return Optional.empty();
                }
            }
            """;

    @TempDir Path folder;
    private final List<String> preferred = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private PluginHost host;

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    private void open(List<Point<?>> points) throws InterruptedException {
        Admission admission =
                new Admission() {
                    @Override
                    public void check(String file, String sha256) {
                        if (refused.contains(file)) {
                            throw new LoadException("not with " + sha256);
                        }
                    }

                    @Override
                    public boolean isPreferred(String file) {
                        return preferred.contains(file);
                    }
                };
        host =
                PluginHost.open(
                        new HostSettings(
                                plugins(),
                                folder.resolve("data"),
                                List.of(),
                                Duration.ofSeconds(5),
                                points,
                                admission,
                                NetworkWall.CLOSED),
                        _ -> Optional.empty());
    }

    private Path plugins() {
        return folder.resolve("plugins");
    }

    private PluginBuilder both(String version) {
        String says = "return \"%s\";".formatted(version);
        return PluginBuilder.of(folder, "one", version)
                .extension(Point.SECRET_STORE, Samples.store("Storing", "one", says))
                .extension(Point.RUNNER, RUNNER);
    }

    private PluginStatus status(String file) {
        return host.plugins().stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFileThatIsNotAdmittedIsNotLoaded() throws Exception {
        Path file = both("1.0.0").jar(plugins().resolve("a.jar"));
        refused.add("a.jar");

        open(Point.ALL);

        assertThat(status("a.jar").state()).isEqualTo(PluginStatus.State.FAILED);
        assertThat(status("a.jar").reason()).matches("not with [0-9a-f]{64}");
        assertThat(Files.exists(file)).isTrue();
        assertThat(host.portable()).isEmpty();
    }

    @Test
    void aPreferredFileTakesThePlaceOfANewerVersionWithoutAGap() throws Exception {
        both("2.0.0").jar(plugins().resolve("new.jar"));
        open(Point.ALL);
        preferred.add("old.jar");
        both("1.0.0").jar(plugins().resolve("old.jar"));

        host.tick();

        assertThat(Samples.ask(host, "one")).isEqualTo("1.0.0");
        assertThat(status("new.jar").state()).isEqualTo(PluginStatus.State.SUPERSEDED);
        assertThat(status("new.jar").reason())
                .isEqualTo("version 1.0.0 of it is in use, from old.jar");
    }

    @Test
    void aPreferredFileDoesNotGiveWayToANewerVersion() throws Exception {
        preferred.add("old.jar");
        both("1.0.0").jar(plugins().resolve("old.jar"));
        open(Point.ALL);
        both("2.0.0").jar(plugins().resolve("zzz.jar"));

        host.tick();

        assertThat(Samples.ask(host, "one")).isEqualTo("1.0.0");
    }

    @Test
    void aPreferredFileThatDoesNotLoadLeavesTheOtherInUse() throws Exception {
        both("1.0.0").jar(plugins().resolve("a.jar"));
        open(Point.ALL);
        preferred.add("b.jar");
        both("2.0.0").says("Plugin-Requires", ">=9.0.0").jar(plugins().resolve("b.jar"));

        host.tick();

        assertThat(Samples.ask(host, "one")).isEqualTo("1.0.0");
    }

    @Test
    void onlyTheExtensionsThatAreOfUseAreMade() throws Exception {
        both("1.0.0").jar(plugins().resolve("a.jar"));

        open(List.of(Point.RUNNER));

        assertThat(host.extensions().find(Point.RUNNER, "carrying")).isPresent();
        assertThat(host.extensions().find(Point.SECRET_STORE, "one")).isEmpty();
    }

    @Test
    void tellsWhatOtherMachinesNeedOfAPluginWithRunners() throws Exception {
        Path file = both("1.0.0").jar(plugins().resolve("a.jar"));
        Files.writeString(plugins().resolve("a.jar.sig"), "c2ln\n");
        PluginBuilder.of(folder, "two", "1.0.0")
                .extension(Point.SECRET_STORE, Samples.store("Other", "two", "return \"\";"))
                .jar(plugins().resolve("b.jar"));

        open(Point.ALL);

        assertThat(host.portable()).hasSize(1);
        PortablePlugin plugin = host.portable().getFirst();
        assertThat(plugin.id()).isEqualTo("one");
        assertThat(plugin.version()).isEqualTo("1.0.0");
        assertThat(plugin.requires()).isEqualTo(">=0.1.0 & <0.2.0");
        assertThat(plugin.form()).isEqualTo("jar");
        assertThat(plugin.size()).isEqualTo(Files.size(file));
        assertThat(plugin.signature()).isEqualTo("c2ln");
        assertThat(plugin.runners()).containsExactly("carrying");
        assertThat(plugin.sha256()).isEqualTo(status("a.jar").sha256());
        assertThat(plugin.file()).hasSameBinaryContentAs(file);
    }
}
