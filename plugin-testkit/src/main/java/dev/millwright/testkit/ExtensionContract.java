package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Extension;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What every extension of a plugin has to hold, whatever its point.
///
/// Where tests run in parallel a suite runs alone, because it looks at all threads.
///
/// @param <T> the extension point
@Isolated("it compares the threads of the whole program before and after")
public abstract class ExtensionContract<T extends Extension<?>> {
    private PluginUnderTest loaded;

    /// The built plugin.
    protected Path plugin() {
        return BuiltPlugin.find();
    }

    protected abstract Point<T> point();

    /// The kind of the extension.
    protected abstract String kind();

    /// A configuration that works, as a user would write it.
    protected abstract Map<String, Object> configuration();

    /// How the plugin is loaded; the place for its secrets and settings.
    protected PluginUnderTest load() {
        return PluginUnderTest.of(plugin());
    }

    /// The plugin of this test.
    protected final PluginUnderTest loaded() {
        return loaded;
    }

    @BeforeEach
    final void loadPlugin() {
        loaded = load();
    }

    @AfterEach
    final void closePlugin() {
        loaded.close();
    }

    @Test
    void theBuiltPluginOffersTheExtension() {
        assertThat(loaded.status().extensions())
                .extracting(one -> one.point() + " " + one.kind())
                .contains(point().name() + " " + kind());
    }

    @Test
    void theConfigurationFitsAndAMistypedKeyIsTold() {
        Use<T> use = loaded.extension(point(), kind());
        assertThat(use.problems(new Parameters(configuration()))).isEmpty();
        assertThat(use.schema().values()).containsEntry("type", "object");
        if (use.configuration() != Parameters.class) {
            Map<String, Object> mistyped =
                    new java.util.LinkedHashMap<>(Map.of("no-such-key-at-all", 1));
            mistyped.putAll(configuration());
            assertThat(use.problems(new Parameters(mistyped)))
                    .as("a key that the extension does not know")
                    .hasSize(1);
        }
    }

    @Test
    void nothingOfThePluginIsLeftOnceItIsClosed() {
        Set<String> before = threads();
        PluginUnderTest second = load();
        use(second);
        WeakReference<Object> classes =
                new WeakReference<>(
                        second.extension(point(), kind()).configuration().getClassLoader());
        second.close();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(threads()).as("threads after close()").isSubsetOf(before));
        second = null;
        if (ownsConfiguration()) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> {
                        System.gc();
                        assertThat(classes.get())
                                .as("the plugin's class loader, held by somebody after close()")
                                .isNull();
                    });
        }
    }

    /// Let the plugin do what it does, so that what it leaves behind shows. Nothing unless a suite
    /// knows better.
    protected void use(PluginUnderTest plugin) {}

    private boolean ownsConfiguration() {
        return !loaded.extension(point(), kind())
                .configuration()
                .getName()
                .startsWith("dev.millwright.plugin.NoConfiguration");
    }

    /// The JDK's own threads, and those of the test, come and go.
    private static Set<String> threads() {
        List<String> foreign =
                List.of("Attach", "ForkJoinPool", "plugin-departure", "awaitility", "junit");
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> !isOfTheJdk(thread))
                .map(thread -> thread.getName() + " " + thread.threadId())
                .filter(name -> foreign.stream().noneMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Such as the one that waits for the end of processes, whoever started them: it knows nothing
    /// of whom it works for.
    private static boolean isOfTheJdk(Thread thread) {
        return thread.getClass().getName().startsWith("jdk.internal.misc.");
    }
}
