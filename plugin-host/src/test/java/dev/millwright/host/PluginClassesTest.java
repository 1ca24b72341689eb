package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.use.Point;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which classes a plugin sees.
final class PluginClassesTest extends HostFixture {
    @Test
    void twoPluginsBringDifferentVersionsOfOneLibrary() throws Exception {
        for (String version : new String[] {"1", "2"}) {
            Path library =
                    PluginBuilder.of(folder, "library", version + ".0.0")
                            .source(
                                    "package lib; public class Library { public static String version() { return \"%s\"; } }"
                                            .formatted(version))
                            .jar(folder.resolve(version).resolve("library.jar"));
            plugin("user" + version, "1.0.0")
                    .library(library)
                    .extension(
                            Point.SECRET_STORE,
                            Samples.store(
                                    "Sample", "user" + version, "return lib.Library.version();"))
                    .zip(plugins.resolve("user%s.zip".formatted(version)));
        }
        open();
        assertThat(Samples.ask(host, "user1")).isEqualTo("1");
        assertThat(Samples.ask(host, "user2")).isEqualTo("2");
    }

    @Test
    @Tag("S55")
    void aPluginsOwnCopyOfTheApiDoesNotCount() throws Exception {
        says("one", "1.0.0", "mine")
                .source(
                        "package dev.millwright.plugin; public final class PluginApi { public static final String VERSION = \"forged\"; }")
                .jar(plugins.resolve("one.jar"));
        plugin("two", "1.0.0")
                .extension(
                        Point.SECRET_STORE,
                        Samples.store(
                                "Sample",
                                "two",
                                "try { return (String) Class.forName(\"dev.millwright.plugin.PluginApi\").getField(\"VERSION\").get(null); } catch (ReflectiveOperationException e) { return e.toString(); }"))
                .source(
                        "package dev.millwright.plugin; public final class PluginApi { public static final String VERSION = \"forged\"; }")
                .jar(plugins.resolve("two.jar"));
        open();
        assertThat(Samples.ask(host, "one")).isEqualTo("mine");
        assertThat(Samples.ask(host, "two")).isEqualTo("0.1.0");
    }

    @Test
    @Tag("S55")
    void nothingOfTheServerCanBeReached() throws Exception {
        String look =
                "StringBuilder found = new StringBuilder(\"found:\");"
                        + "for (String name : new String[] {\"dev.millwright.host.PluginHost\","
                        + "\"dev.millwright.engine.plan.Planner\", \"org.pf4j.PluginManager\","
                        + "\"tools.jackson.databind.json.JsonMapper\", \"org.assertj.core.api.Assertions\"}) {"
                        + "try { found.append(Class.forName(name)); } catch (ClassNotFoundException e) { }"
                        + "try { found.append(Thread.currentThread().getContextClassLoader().loadClass(name)); } catch (ClassNotFoundException e) { } }"
                        + "found.append(Sample.class.getResource(\"/dev/millwright/host/PluginHost.class\"));"
                        + "return found.toString();";
        plugin("one", "1.0.0")
                .extension(Point.SECRET_STORE, Samples.store("Sample", "one", look))
                .jar(plugins.resolve("one.jar"));
        open();
        assertThat(Samples.ask(host, "one")).isEqualTo("found:null");
    }
}
