package dev.millwright.cli.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.launch.Launcher;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people are told when a server ends.
class ServerEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private ServerGroupUp group() {
        Terminal terminal = Terminal.plain(printed, printed, Symbols.ASCII);
        ServerGroup.Plan plan =
                new ServerGroup.Plan(
                        folder,
                        8080,
                        10_001,
                        DatabaseAddress.parse("postgresql://ci@db/ci"),
                        List.of());
        return new ServerGroupUp(terminal, new ServerGroup(plan));
    }

    private ServerChild ended(int port, String script) throws Exception {
        Path file = Files.writeString(folder.resolve("server-" + port), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        ServerChild server =
                new ServerChild(
                        new Launcher(file).start(List.of()),
                        URI.create("http://127.0.0.1:" + port));
        assertThat(server.process().await(PATIENCE)).isTrue();
        return server;
    }

    @Test
    void theOnlyServerThatWasKilledIsTold() throws Exception {
        assertThat(UpCommand.lastWords(ended(8080, "kill -9 $$")).orElseThrow())
                .startsWith("the server http://127.0.0.1:8080 was killed (signal 9;")
                .endsWith("start it again with 'millwright up'");
        assertThat(UpCommand.lastWords(ended(8081, "kill -15 $$"))).isEmpty();
        assertThat(UpCommand.lastWords(ended(8082, "exit 0"))).isEmpty();
    }

    @Test
    void oneOfSeveralServersThatWasKilledIsTold() throws Exception {
        ServerChild killed = ended(8081, "kill -9 $$");
        ServerChild failed = ended(8082, "exit 3");

        group().watch(List.of(killed, failed), () -> true);

        assertThat(printed.toString(UTF_8))
                .isEqualTo(
                        """
                        the server http://127.0.0.1:8081 (pid %d) was killed (signal 9; by somebody, or because the machine ran out of memory); the others go on
                        the server http://127.0.0.1:8082 (pid %d) ended with exit code 3; none is left
                        """
                                .formatted(killed.process().pid(), failed.process().pid()));
    }
}
