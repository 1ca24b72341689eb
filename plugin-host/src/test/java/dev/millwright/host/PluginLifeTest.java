package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.plugin.secret.SecretStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Settings of plugins, and what becomes of their work when they are replaced.
final class PluginLifeTest extends HostFixture {
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
}
