package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.Sha256;
import dev.millwright.plugin.secret.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PluginHostTest {
    @TempDir Path folder;
    private Path plugins;
    private PluginHost host;

    @BeforeEach
    void prepare() throws Exception {
        plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    private PluginHost open() throws InterruptedException {
        host =
                PluginHost.open(
                        HostSettings.of(plugins, folder.resolve("data")),
                        reference -> SecretSource.UNRESOLVED.resolve("value of " + reference));
        return host;
    }

    private PluginBuilder plugin(String id, String version) {
        return PluginBuilder.of(folder, id, version);
    }

    private PluginBuilder says(String id, String version, String answer) {
        return plugin(id, version)
                .extension(
                        Point.SECRET_STORE,
                        Samples.store("Sample", id, "return \"%s\";".formatted(answer)));
    }

    private PluginStatus status(String file) {
        return host.plugins().stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private String reason(String file) {
        return status(file).reason();
    }

    @Test
    void pluginsThatAreThereAtTheStartAreLoaded() throws Exception {
        says("one", "1.0.0", "from a jar").jar(plugins.resolve("one.jar"));
        says("two", "1.0.0", "from a zip").zip(plugins.resolve("two.zip"));
        open();
        assertThat(Samples.ask(host, "one")).isEqualTo("from a jar");
        assertThat(Samples.ask(host, "two")).isEqualTo("from a zip");
        assertThat(host.plugins())
                .extracting(PluginStatus::id, PluginStatus::version, PluginStatus::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "one", "1.0.0", PluginStatus.State.STARTED),
                        org.assertj.core.groups.Tuple.tuple(
                                "two", "1.0.0", PluginStatus.State.STARTED));
    }

    @Test
    void pluginsComeAndGoWhileTheServerRuns() throws Exception {
        open();
        assertThat(host.plugins()).isEmpty();
        says("one", "1.0.0", "hot").jar(plugins.resolve("one.jar"));
        assertThat(host.tick()).isEqualTo(1);
        assertThat(Samples.ask(host, "one")).isEqualTo("hot");
        assertThat(host.tick()).isZero();
        Files.delete(plugins.resolve("one.jar"));
        assertThat(host.tick()).isEqualTo(1);
        assertThat(host.extensions().find(Point.SECRET_STORE, "one")).isEmpty();
        await().until(() -> host.plugins().isEmpty());
        assertThat(folder.resolve("data/copies")).isEmptyDirectory();
    }

    @Test
    void aReplacedFileTakesOverAndOneThatDoesNotLoadLeavesTheOldOneInUse() throws Exception {
        Path file = says("one", "1.0.0", "old").jar(plugins.resolve("one.jar"));
        open();
        says("one", "1.1.0", "new").jar(file);
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("new");
        says("one", "1.2.0", "never").says("Plugin-Requires", ">=9.0.0").jar(file);
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("new");
        assertThat(reason("one.jar"))
                .contains("needs the plugin API >=9.0.0 and this is 0.1.0")
                .endsWith("; version 1.1.0 of before stays in use");
    }

    @Test
    void aRefusedFileIsToldByItsHashUntilOneIsTaken() throws Exception {
        Path file = says("one", "1.0.0", "old").jar(plugins.resolve("one.jar"));
        open();
        String old = Sha256.hex(file);
        assertThat(hashes()).containsExactly(old, "");
        says("one", "1.2.0", "never").says("Plugin-Requires", ">=9.0.0").jar(file);
        host.tick();
        assertThat(hashes()).containsExactly(old, Sha256.hex(file));
        says("one", "1.3.0", "new").jar(file);
        host.tick();
        assertThat(hashes()).containsExactly(Sha256.hex(file), "");
        Path broken = Files.writeString(plugins.resolve("two.jar"), "no jar");
        host.tick();
        assertThat(host.plugins())
                .filteredOn(PluginStatus::file, "two.jar")
                .extracting(PluginStatus::refused)
                .containsExactly(Sha256.hex(broken));
    }

    /// Of the file in use, and of the refused one.
    private List<String> hashes() {
        PluginStatus status = host.plugins().getFirst();
        return List.of(status.sha256(), status.refused());
    }

    @Test
    @Tag("S55")
    void theHigherVersionOfTwoFilesIsUsedAndTheOtherStepsInWhenItGoes() throws Exception {
        says("one", "1.10.0", "ten").jar(plugins.resolve("a.jar"));
        says("one", "1.9.0", "nine").jar(plugins.resolve("b.jar"));
        open();
        assertThat(Samples.ask(host, "one")).isEqualTo("ten");
        assertThat(superseded())
                .containsExactly("b.jar 1.9.0: version 1.10.0 of it is in use, from a.jar");
        says("one", "1.11.0", "eleven").jar(plugins.resolve("c.jar"));
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("eleven");
        host.tick();
        assertThat(superseded())
                .containsExactly(
                        "a.jar 1.10.0: version 1.11.0 of it is in use, from c.jar",
                        "b.jar 1.9.0: version 1.11.0 of it is in use, from c.jar");
        Files.delete(plugins.resolve("c.jar"));
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("ten");
    }

    @Test
    @Tag("S55")
    void aFileStepsInWhenTheOneThatSupersededItHoldsAnotherPlugin() throws Exception {
        Path newer = says("one", "2.0.0", "two").jar(plugins.resolve("a.jar"));
        Path older = says("one", "1.0.0", "one").jar(plugins.resolve("b.jar"));
        open();
        assertThat(superseded())
                .containsExactly("b.jar 1.0.0: version 2.0.0 of it is in use, from a.jar");
        assertThat(status("b.jar").refused()).isEqualTo(Sha256.hex(older));
        says("other", "1.0.0", "other").jar(newer);
        host.tick();
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("one");
        assertThat(Samples.ask(host, "other")).isEqualTo("other");
        assertThat(superseded()).isEmpty();
    }

    private List<String> superseded() {
        return host.plugins().stream()
                .filter(one -> one.state() == PluginStatus.State.SUPERSEDED)
                .map(one -> "%s %s: %s".formatted(one.file(), one.version(), one.reason()))
                .toList();
    }

    @Test
    void aFileIsNotSeenBeforeItIsWhole() throws Exception {
        byte[] whole =
                Files.readAllBytes(says("one", "1.0.0", "whole").jar(folder.resolve("x.jar")));
        Path target = plugins.resolve("one.jar");
        open();
        for (int part = 1; part <= 10; part++) {
            Files.write(target, Arrays.copyOf(whole, whole.length * part / 11));
            assertThat(host.tick()).isZero();
            assertThat(host.extensions().find(Point.SECRET_STORE, "one")).isEmpty();
        }
        assertThat(reason("one.jar")).contains("not a whole jar or zip");
        Files.write(target, whole);
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("whole");
        assertThat(reason("one.jar")).isEmpty();
    }

    @Test
    void aFileWithAHoleInTheMiddleIsNotTaken() throws Exception {
        byte[] bytes =
                Files.readAllBytes(says("one", "1.0.0", "whole").jar(folder.resolve("x.jar")));
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 + 50, (byte) 0);
        Files.write(plugins.resolve("one.jar"), bytes);
        open();
        assertThat(reason("one.jar")).contains("not a whole jar or zip");
    }

    @Test
    @Tag("S55")
    void overwritingALoadedFileInPlaceDoesNotHarmWhatIsInUse() throws Exception {
        Path file =
                plugin("one", "1.0.0")
                        .extension(
                                Point.SECRET_STORE,
                                Samples.store("Sample", "one", "return new Late().text();"))
                        .source("package sample; class Late { String text() { return \"late\"; } }")
                        .jar(plugins.resolve("one.jar"));
        open();
        Files.write(file, new byte[10]);
        assertThat(Samples.ask(host, "one")).isEqualTo("late");
    }

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

    @Test
    @Tag("S55")
    void whatCannotBeLoadedIsListedWithItsReason() throws Exception {
        says("x", "1.0.0", "x").says("Plugin-Requires", "").jar(plugins.resolve("a.jar"));
        says("x", "new", "x").jar(plugins.resolve("b.jar"));
        says("Bad Id", "1.0.0", "x").jar(plugins.resolve("c.jar"));
        plugin("d", "1.0.0").source("package sample; class Empty {}").jar(plugins.resolve("d.jar"));
        plugin("e", "1.0.0")
                .extension(
                        Point.SECRET_STORE,
                        Samples.store("Sample", "e", "return null;")
                                .replace(
                                        "public String kind",
                                        "public Sample() { throw new IllegalStateException(\"no way\"); } public String kind"))
                .jar(plugins.resolve("e.jar"));
        plugin("f", "1.0.0")
                .extension(Point.RUNNER, Samples.store("Sample", "f", "return null;"))
                .jar(plugins.resolve("f.jar"));
        plugin("g", "1.0.0").says("Plugin-Dependencies", "x@>=1").jar(plugins.resolve("g.jar"));
        Files.writeString(plugins.resolve("h.jar"), "no jar");
        open();
        assertThat(reason("a.jar")).contains("does not say which plugin API it needs");
        assertThat(reason("b.jar")).contains("'new' is not a version such as 1.2.0");
        assertThat(reason("c.jar")).contains("'Bad Id' is not a name");
        assertThat(reason("d.jar")).contains("it has no extensions");
        assertThat(reason("e.jar")).contains("no way");
        assertThat(reason("f.jar")).contains("does not implement");
        assertThat(reason("g.jar")).contains("depends on other plugins");
        assertThat(reason("h.jar")).contains("not a whole jar or zip");
        assertThat(host.plugins()).allMatch(one -> one.state() == PluginStatus.State.FAILED);
        assertThat(folder.resolve("data/copies")).isEmptyDirectory();
    }

    @Test
    @Tag("S55")
    void aKindBelongsToOnePluginAndNeverToOneThatIsBuiltIn() throws Exception {
        says("one", "1.0.0", "first").jar(plugins.resolve("a.jar"));
        open();
        plugin("other", "1.0.0")
                .extension(Point.SECRET_STORE, Samples.store("Sample", "one", "return \"thief\";"))
                .jar(plugins.resolve("b.jar"));
        host.tick();
        assertThat(reason("b.jar")).contains("its SecretStore 'one' is there already: one 1.0.0");
        assertThat(Samples.ask(host, "one")).isEqualTo("first");
    }

    @Test
    void settingsOfAPluginStandBesideItAndAreReadAgainWhenTheyChange() throws Exception {
        String source =
                Samples.store("Sample", "one", "return settings.word() + settings.key().reveal();")
                        .replace(
                                "private String answer",
                                """
                                public record Settings(@Default("none") String word, Secret key) {}
                                private Settings settings;
                                public void open(PluginContext context) { settings = context.settings(Settings.class); }
                                private String answer\
                                """);
        plugin("one", "1.0.0").extension(Point.SECRET_STORE, source).jar(plugins.resolve("a.jar"));
        open();
        assertThat(reason("a.jar")).contains("one.yaml is needed: key: 'key' is missing");
        Path settings = plugins.resolve("one.yaml");
        Files.writeString(settings, "key: ${env:KEY}\nwrod: x\n");
        host.tick();
        assertThat(reason("a.jar"))
                .contains("one.yaml:2: wrod: unknown key 'wrod'; did you mean 'word'?");
        Files.writeString(settings, "key: ${env:KEY}\nword: one\n");
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("onevalue of ${env:KEY}");
        Files.writeString(settings, "key: ${env:KEY}\nword: other\n");
        host.tick();
        assertThat(Samples.ask(host, "one")).startsWith("other");
        Files.writeString(settings, "key: ${env:KEY}\nwrod: wrong\n");
        host.tick();
        assertThat(Samples.ask(host, "one")).startsWith("other");
        assertThat(reason("a.jar"))
                .startsWith("the change of one.yaml is not used, the settings of before stay: ")
                .contains("unknown key 'wrod'");
    }

    @Test
    void aPluginThatIsReplacedEndsTheCallsThatItHasBegun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        System.getProperties().put("test.replaced", begun);
        String waits =
                "((java.util.concurrent.CountDownLatch) System.getProperties().get(\"test.replaced\")).countDown();"
                        + "while (System.getProperty(\"test.replaced.go\") == null) { Thread.onSpinWait(); }"
                        + "return new Late().text();";
        plugin("one", "1.0.0")
                .extension(Point.SECRET_STORE, Samples.store("Sample", "one", waits))
                .source("package sample; class Late { String text() { return \"old\"; } }")
                .jar(plugins.resolve("one.jar"));
        open();
        AtomicReference<String> answer = new AtomicReference<>();
        Use<SecretStore<?>> old = host.extensions().find(Point.SECRET_STORE, "one").orElseThrow();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                answer.set(Samples.ask(old));
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        });
        begun.await();
        says("one", "1.1.0", "new").jar(plugins.resolve("one.jar"));
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("new");
        assertThat(host.plugins())
                .extracting(PluginStatus::state)
                .containsExactly(PluginStatus.State.STARTED, PluginStatus.State.STOPPING);
        System.setProperty("test.replaced.go", "yes");
        caller.join();
        assertThat(answer).hasValue("old");
        await().until(() -> host.plugins().size() == 1);
        assertThatThrownBy(() -> Samples.ask(old)).hasMessageContaining("was taken away");
    }

    @Test
    void workThatIsHeldKeepsItsPluginForAsLongAsItTakes() throws Exception {
        Path file = says("one", "1.0.0", "held").jar(plugins.resolve("one.jar"));
        open();
        Use<SecretStore<?>> use = host.extensions().find(Point.SECRET_STORE, "one").orElseThrow();
        Use.Hold hold = use.hold();
        Files.delete(file);
        host.tick();
        assertThat(host.plugins().getFirst().reason()).contains("steps of it are still running");
        assertThat(Samples.ask(use)).isEqualTo("held");
        hold.close();
        hold.close();
        await().until(() -> host.plugins().isEmpty());
        assertThatThrownBy(() -> Samples.ask(use)).hasMessageContaining("was taken away");
    }

    @Test
    void theDirectoryMayBeMissing() throws Exception {
        Files.delete(plugins);
        assertThat(open().plugins()).isEmpty();
        Files.createDirectories(plugins);
        says("one", "1.0.0", "there").jar(plugins.resolve("one.jar"));
        host.tick();
        assertThat(Samples.ask(host, "one")).isEqualTo("there");
    }

    @Test
    @Tag("S44")
    void aZipWhoseEntriesLeadElsewhereIsRefused() throws IOException, InterruptedException {
        Path zip = plugins.resolve("evil.zip");
        try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new java.util.zip.ZipEntry("../../evil.txt"));
            out.write(1);
            out.closeEntry();
        }
        open();
        assertThat(reason("evil.zip")).contains("leads out of it");
        assertThat(folder.resolve("evil.txt")).doesNotExist();
    }
}
