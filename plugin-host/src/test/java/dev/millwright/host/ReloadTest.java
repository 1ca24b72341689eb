package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What 200 reloads leave behind. Alone in its machine, since it counts what the machine holds.
@Isolated
@Timeout(300)
final class ReloadTest {
    private static final int RELOADS = 200;

    @TempDir Path folder;

    private record Held(long classes, int threads, long descriptors) {
        static Held now() {
            ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
            System.gc();
            return new Held(
                    classes.getLoadedClassCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getOperatingSystemMXBean()
                                    instanceof UnixOperatingSystemMXBean unix
                            ? unix.getOpenFileDescriptorCount()
                            : 0);
        }

        boolean isLike(Held before) {
            return classes <= before.classes + 100
                    && threads <= before.threads + 5
                    && descriptors <= before.descriptors + 5;
        }
    }

    private Path plugin(int number, String suffix) {
        // A thread of its own that ends with it, resources, lambdas: what plugins usually have
        String source =
                Samples.store(
                                "Sample",
                                "sample",
                                "java.util.function.Supplier<String> text = () -> Sample.class.getResource(\"/sample/Sample.class\") + \"\"; return %d + text.get().substring(0, 0) + Thread.currentThread().getName().substring(0, 0);"
                                        .formatted(number))
                        .replace(
                                "private String answer",
                                """
                                private final ThreadLocal<Object> local = ThreadLocal.withInitial(() -> this);
                                private Thread own;
                                public void open(PluginContext context) {
                                    local.get();
                                    org.slf4j.LoggerFactory.getLogger(Sample.class).debug("open");
                                    own = new Thread(() -> { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } });
                                    own.start();
                                }
                                public void close() { own.interrupt(); }
                                private String answer\
                                """);
        PluginBuilder builder =
                PluginBuilder.of(folder, "sample", "1.0." + number)
                        .extension(Point.SECRET_STORE, source);
        Path target = folder.resolve("built/sample-%d.%s".formatted(number, suffix));
        return suffix.equals("zip") ? builder.zip(target) : builder.jar(target);
    }

    private static void put(Path built, Path target) throws Exception {
        Path fresh =
                target.resolveSibling(".fresh" + ThreadLocalRandom.current().nextInt(1_000_000));
        Files.copy(built, fresh);
        Files.move(
                fresh,
                target,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void twoHundredReloadsLeaveNoClassesThreadsOrDescriptorsBehind() throws Exception {
        for (String suffix : List.of("jar", "zip")) {
            List<Path> built = List.of(plugin(0, suffix), plugin(1, suffix));
            Path plugins = Files.createDirectories(folder.resolve("plugins-" + suffix));
            Path target = plugins.resolve("sample." + suffix);
            put(built.getFirst(), target);
            HostSettings settings =
                    new HostSettings(
                            plugins, folder.resolve("data"), List.of(), Duration.ofSeconds(10));
            try (PluginHost host = PluginHost.open(settings, SecretSource.UNRESOLVED)) {
                reload(host, built, target, 10);
                Held before = Held.now();
                reload(host, built, target, RELOADS / 2);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(
                                () -> assertThat(Held.now()).matches(now -> now.isLike(before)));
            }
        }
        assertThat(folder.resolve("data/copies")).isEmptyDirectory();
    }

    private static void reload(PluginHost host, List<Path> built, Path target, int times)
            throws Exception {
        for (int i = 1; i <= times; i++) {
            put(built.get(i % 2), target);
            assertThat(host.tick()).isEqualTo(1);
            assertThat(Samples.ask(host, "sample")).isEqualTo(String.valueOf(i % 2));
            await().pollInterval(Duration.ofMillis(5)).until(() -> host.plugins().size() == 1);
        }
    }
}
