package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {
    @TempDir private Path home;

    private Path file(String text) throws Exception {
        Path file = home.resolve("millwright/contexts.yaml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Cli.Result runs(String... more) {
        String[] words = new String[more.length + 1];
        words[0] = "runs";
        System.arraycopy(more, 0, words, 1, more.length);
        return new Cli().with("XDG_CONFIG_HOME", home.toString()).run(words);
    }

    @Test
    void theCurrentContextNamesServerKeyAndNamespace() throws Exception {
        try (FakeServer server = FakeServer.start()) {
            server.on("GET", "/api/v1/runs", 200, Answers.page());
            file(
                    "current: work\ncontexts:\n  work: {server: '%s', key: k, namespace: web}\n"
                            .formatted(server.address()));

            assertThat(runs().code()).isZero();
            assertThat(server.asked().getFirst().key()).isEqualTo("Bearer k");
            assertThat(server.asked().getFirst().query()).contains("namespace=web");
        }
    }

    @Test
    void anUnknownKeyIsAnErrorWithItsPlace() throws Exception {
        Path file = file("current: a/b\ncontexts:\n  a/b:\n    serber: x\n    secret: y\nfoo: 1\n");

        assertThat(runs())
                .isEqualTo(
                        new Cli.Result(
                                2,
                                "",
                                """
                                error: %1$s:6:1: unknown key 'foo'; known are current, contexts
                                %1$s:4:5: unknown key 'serber'; did you mean 'server'?
                                %1$s:5:5: unknown key 'secret'; known are server, key, namespace
                                """
                                        .formatted(file)));
    }

    @Test
    void whatIsNoContextsFileIsAnErrorWithItsPlace() throws Exception {
        Path file = file("current: 'a\nkey: secret\n");
        var broken = runs();
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err())
                .startsWith("error: " + file + ":1:10: not valid YAML")
                .doesNotContain("secret");
        file("contexts: [a]\n");
        assertThat(runs().err())
                .startsWith("error: " + file + ":1:1: 'contexts' is a map of names");
        file("contexts: {a: 1, b: {key: [k]}}\n");
        assertThat(runs().err()).contains(":1:12: a context is a map", ":1:22: 'key' is a text");
        file("contexts:\n");
        assertThat(runs("--context", "x").code()).isEqualTo(3);
    }
}
