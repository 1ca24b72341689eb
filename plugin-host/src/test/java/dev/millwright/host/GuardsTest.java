package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.plugin.secret.SecretStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S55")
@Timeout(120)
final class GuardsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir Path folder;
    private Path plugins;
    private PluginHost host;

    @BeforeEach
    void prepare() throws Exception {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginBuilder.of(folder, "good", "1.0.0")
                .extension(Point.SECRET_STORE, Samples.store("Good", "good", "return \"fine\";"))
                .jar(plugins.resolve("good.jar"));
    }

    @AfterEach
    void close() throws InterruptedException {
        assertThat(Samples.ask(host, "good")).isEqualTo("fine");
        host.close();
    }

    private Use<SecretStore<?>> bad(String statements) throws InterruptedException {
        PluginBuilder.of(folder, "bad", "1.0.0")
                .extension(Point.SECRET_STORE, Samples.store("Bad", "bad", statements))
                .jar(plugins.resolve("bad.jar"));
        host =
                PluginHost.open(
                        new HostSettings(
                                plugins, folder.resolve("data"), java.util.List.of(), SHORT),
                        SecretSource.UNRESOLVED);
        return host.extensions().find(Point.SECRET_STORE, "bad").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(7); return \"\";",
                "Runtime.getRuntime().exit(7); return \"\";",
                "Runtime.getRuntime().halt(7); return \"\";",
                "java.util.function.IntConsumer end = System::exit; end.accept(7); return \"\";",
                "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(7); return \"\";",
                "int code = 7; Runnable end = () -> System.exit(code); end.run(); return \"\";",
                "String text = name.path().isEmpty() ? null : \"x\"; if (text != null) { for (int i = 0; i < 3; i++) { if (i == 2) { System.exit(7); } } } return text;"
            })
    void noPluginEndsTheServer(String statements) throws InterruptedException {
        Use<SecretStore<?>> bad =
                bad(statements.replace("name.path().isEmpty()", "\"\".equals(\"y\")"));
        assertThatThrownBy(() -> Samples.ask(bad))
                .isInstanceOf(PluginCallException.class)
                .hasMessage("plugin bad 1.0.0: a plugin may not end the server; it called exit(7)");
    }

    @Test
    void aShutdownHookIsNotKept() throws Exception {
        Use<SecretStore<?>> bad =
                bad(
                        "Thread hook = new Thread(); Runtime.getRuntime().addShutdownHook(hook);"
                                + "return String.valueOf(Runtime.getRuntime().removeShutdownHook(hook));");
        assertThat(Samples.ask(bad)).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new IllegalStateException(\"broken\");",
                "throw new StackOverflowError(\"broken\");",
                "throw new NoClassDefFoundError(\"broken\");",
                "class Own extends RuntimeException { Own() { super(\"broken\"); } } throw new Own();"
            })
    void whatIsThrownFailsThatCallAlone(String statements) throws InterruptedException {
        Use<SecretStore<?>> bad = bad(statements);
        assertThatThrownBy(() -> Samples.ask(bad))
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        told -> assertThat(told.why()).isEqualTo(PluginCallException.Why.BROKEN))
                .hasMessageContaining("plugin bad 1.0.0 failed")
                .hasMessageContaining("broken")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(1_000_000); return \"\";",
                "while (true) { Thread.onSpinWait(); }"
            })
    void whatDoesNotEndIsAbandonedAndShown(String statements) throws InterruptedException {
        boolean endless = statements.contains("while");
        String source =
                endless
                        ? statements.replace("true", "System.getProperty(\"test.guards\") == null")
                                + " return \"\";"
                        : statements;
        Use<SecretStore<?>> bad = bad(source);
        assertThatThrownBy(() -> Samples.ask(bad, SHORT))
                .hasMessage("plugin bad 1.0.0 'find' took longer than 0.2s");
        if (endless) {
            assertThat(host.plugins().getFirst().overdue()).isEqualTo(1);
            System.setProperty("test.guards", "end");
        }
        // An interrupt ends what listens to it
        await().until(() -> host.plugins().getFirst().overdue() == 0);
        System.clearProperty("test.guards");
    }

    @Test
    void aPluginThatHangsForEverCanBeTakenAway() throws Exception {
        Use<SecretStore<?>> bad =
                bad(
                        "while (System.getProperty(\"test.taken\") == null) { Thread.onSpinWait(); } return \"\";");
        assertThatThrownBy(() -> Samples.ask(bad, SHORT)).hasMessageContaining("took longer");
        Files.delete(plugins.resolve("bad.jar"));
        host.tick();
        await().until(() -> host.plugins().size() == 1);
        System.setProperty("test.taken", "yes");
    }

    @Test
    void anInterruptOfTheCallerReachesThePlugin() throws Exception {
        Use<SecretStore<?>> bad =
                bad(
                        "try { Thread.sleep(1_000_000); } catch (InterruptedException e) { System.setProperty(\"test.interrupted\", \"yes\"); throw e; } return \"\";");
        Thread caller =
                Thread.ofVirtual()
                        .start(() ->
                                assertThatThrownBy(() -> Samples.ask(bad))
                                        .isInstanceOf(InterruptedException.class));
        caller.interrupt();
        caller.join();
        await().until(() -> host.plugins().getFirst().overdue() == 0);
    }

    @Test
    void whatAPluginSaysWhenItCannotOpenIsShown() throws Exception {
        assertThat(bad("return \"x\";").origin()).isEqualTo("bad 1.0.0");
        String refuses =
                Samples.store("Other", "other", "return null;")
                        .replace(
                                "private String",
                                "public void open(PluginContext context) { throw new PluginException(\"give me a key\"); } private String");
        PluginBuilder.of(folder, "other", "1.0.0")
                .extension(Point.SECRET_STORE, refuses)
                .jar(plugins.resolve("other.jar"));
        host.tick();
        assertThat(host.plugins().getLast().reason())
                .isEqualTo("plugin other 1.0.0: give me a key");
    }
}
