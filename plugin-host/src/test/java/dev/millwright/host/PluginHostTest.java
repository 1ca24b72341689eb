package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.use.Point;
import dev.millwright.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files of plugins that come, change and go.
final class PluginHostTest extends HostFixture {
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
        says("one", "1.8.0", "eight").jar(plugins.resolve("0.jar"));
        host.tick();
        Files.delete(plugins.resolve("c.jar"));
        // No older one is used in between: the one that goes, and the one that comes
        assertThat(host.tick()).isEqualTo(2);
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
