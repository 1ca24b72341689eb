package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginHost;
import dev.millwright.host.PluginStatus;
import dev.millwright.server.plugin.BundledOffers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every plugin that comes with Millwright, loaded again and again from its built jar: a few times
/// in the gate, 200 times with `-Dmillwright.long=true`.
@Isolated("it counts what the whole machine of Java holds")
@Timeout(1_800)
final class PluginReloadsIT {
    private static final int RELOADS = Boolean.getBoolean("millwright.long") ? 200 : 8;

    /// What the JDK and the host load once, whatever plugin it is.
    private static final int WARM_UP = 4;

    private static final Path PLUGINS = Path.of("..", "plugins");

    @TempDir Path folder;

    static List<String> plugins() throws IOException {
        try (Stream<Path> modules = Files.list(PLUGINS)) {
            return modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .map(module -> module.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private record Held(long classes, int threads, long descriptors) {
        static Held now() {
            System.gc();
            return new Held(
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getOperatingSystemMXBean()
                                    instanceof UnixOperatingSystemMXBean unix
                            ? unix.getOpenFileDescriptorCount()
                            : 0);
        }

        /// @param ofOne how many classes one life of the plugin has loaded
        boolean isLike(Held before, long ofOne) {
            // The JDK makes classes for what is called often, whoever calls it
            return classes <= before.classes + Math.max(150, 2 * ofOne)
                    && threads <= before.threads + 5
                    && descriptors <= before.descriptors + 5;
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void reloadsLeaveNoClassesThreadsOrDescriptorsBehind(String name, TestReporter reporter)
            throws Exception {
        Path built = BuiltPlugins.find(name);
        Path target = Files.createDirectories(folder.resolve("plugins")).resolve(name + ".jar");
        HostSettings settings =
                new HostSettings(
                        target.getParent(),
                        folder.resolve("data"),
                        List.of(),
                        Duration.ofSeconds(10));
        long empty = Held.now().classes();
        put(built, target, 0);
        try (PluginHost host = PluginHost.open(settings, SecretSource.UNRESOLVED)) {
            long ofOne = Held.now().classes() - empty;
            reload(host, built, target, 1, WARM_UP);
            Held before = Held.now();
            long begun = System.nanoTime();
            reload(host, built, target, WARM_UP + 1, RELOADS);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(Held.now())
                                    .as("before: %s, one life: %d", before, ofOne)
                                    .matches(now -> now.isLike(before, ofOne)));
            reporter.publishEntry(
                    name,
                    "%d reloads, %d ms each; before %s, after %s; one life has %d classes"
                            .formatted(
                                    RELOADS,
                                    took.dividedBy(RELOADS).toMillis(),
                                    before,
                                    Held.now(),
                                    ofOne));
        }
        assertThat(folder.resolve("data/copies")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void whatItOffersIsKnownWithoutLoadingIt(String name) throws Exception {
        Path target = Files.createDirectories(folder.resolve("plugins")).resolve(name + ".jar");
        put(BuiltPlugins.find(name), target, 0);
        try (PluginHost host =
                PluginHost.open(
                        HostSettings.of(target.getParent(), folder.resolve("data")),
                        SecretSource.UNRESOLVED)) {
            assertThat(host.plugins().getFirst().extensions())
                    .extracting(PluginStatus.Offer::point, PluginStatus.Offer::kind)
                    .containsExactlyInAnyOrderElementsOf(
                            BundledOffers.ALL.stream()
                                    .filter(offer -> offer.plugin().equals(name))
                                    .map(offer ->
                                            org.assertj.core.groups.Tuple.tuple(
                                                    offer.point(), offer.kind()))
                                    .toList());
        }
    }

    private static void reload(PluginHost host, Path built, Path target, int first, int times)
            throws Exception {
        for (int i = first; i < first + times; i++) {
            put(built, target, i);
            assertThat(host.tick()).isEqualTo(1);
            PluginStatus status = host.plugins().getFirst();
            assertThat(status.state()).as(status.reason()).isEqualTo(PluginStatus.State.STARTED);
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> host.plugins().size() == 1);
        }
    }

    /// As `plugin install` does it: whole or not at all. Each time another file to the host.
    private static void put(Path built, Path target, int number) throws IOException {
        Path fresh = target.resolveSibling(".fresh");
        Files.copy(built, fresh);
        Files.setLastModifiedTime(
                fresh, FileTime.from(Instant.EPOCH.plus(Duration.ofDays(10_000L + number))));
        Files.move(
                fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
