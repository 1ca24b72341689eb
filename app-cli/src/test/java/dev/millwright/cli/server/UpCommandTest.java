package dev.millwright.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.cli.Cli;
import dev.millwright.cli.CliProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {
    @TempDir private Path folder;

    /// What is printed after the line that says what is being started.
    private Cli.Result up(String server) throws Exception {
        String port = Integer.toString(FreePort.near(18_080));
        Cli.Result all = CliProcess.run(folder, server, Map.of(), "up", "--port", port);
        String start =
                "starting a server at http://127.0.0.1:%s; its log follows here ...\n"
                        .formatted(port);
        assertThat(all.out()).startsWith(start);
        return new Cli.Result(all.code(), all.out().substring(start.length()), "");
    }

    @Test
    void theReasonOfAServerThatEndsAtOnceIsPrintedOnce() throws Exception {
        String reason = "millwright: the server cannot start: another server uses this folder";

        assertThat(up("echo '%s' >&2; exit 5".formatted(reason)))
                .isEqualTo(new Cli.Result(5, reason + "\n", ""));
        assertThat(up("echo 'millwright: no such key' >&2; exit 2").code()).isEqualTo(2);
    }

    @Test
    void aSettingOfTheServerStandsBehindTheOptions() throws Exception {
        assertThat(CliProcess.run(folder, "exit 9", Map.of(), "up", "--git-allow-file=true").out())
                .isEqualTo(
                        "error: there is no option '--git-allow-file'\n"
                                + "if it is a setting of the server, write it behind '--': millwright up ... -- --git-allow-file=true\nsee: millwright up --help\n");
    }

    @Test
    void severalServersNeedADatabaseThatTheyCanShare() throws Exception {
        assertThat(CliProcess.run(folder, "exit 9", Map.of(), "up", "--servers", "3"))
                .isEqualTo(
                        new Cli.Result(
                                2,
                                "error: several servers need a PostgreSQL database: --database postgresql://USER@HOST/NAME\n",
                                ""));
        assertThat(
                        CliProcess.run(
                                        folder,
                                        "exit 9",
                                        Map.of(),
                                        "up",
                                        "--database",
                                        "postgresql://ci:secret@db/ci",
                                        "--servers",
                                        "3")
                                .out())
                .contains("a password does not belong into an address");
    }

    @Test
    void theFirstOfSeveralServersGetsAllThatMakesItOne() throws Exception {
        int link = FreePort.near(18_100);
        Cli.Result result =
                CliProcess.run(
                        folder,
                        "echo \"$@\"; exit 5",
                        Map.of(),
                        "up",
                        "--servers",
                        "2",
                        "--port",
                        Integer.toString(FreePort.near(18_090)),
                        "--link-port",
                        Integer.toString(link),
                        "--data-dir",
                        folder.toString(),
                        "--database",
                        "postgresql://ci@db/ci",
                        "--",
                        "--node-slots=4");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out())
                .startsWith(
                        "starting 2 servers in %s; their logs follow here ...\n".formatted(folder));
        assertThat(result.out())
                .contains("--data-dir %s/server-1 --node-name local-1".formatted(folder))
                .contains("server --node-slots=4")
                .contains("--link-port " + link)
                .contains("--database-url jdbc:postgresql://db/ci --database-user ci");
    }

    @Test
    void aTakenPortIsAnsweredWithSoManyFreeOnesInARow() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        int first = FreePort.row(18_200, 6);
        try (ServerSocket _ = new ServerSocket(first + 1, 1, here);
                ServerSocket _ = new ServerSocket(first + 3, 1, here)) {
            assertThat(FreePort.row(first, 2)).isEqualTo(first + 4);
            assertThatThrownBy(() -> FreePort.exactly(first, "--port", 2))
                    .hasMessageContaining("port %d is taken".formatted(first + 1))
                    .hasMessageEndingWith("--port " + (first + 4));
        }
    }

    @Test
    void whatIsNoSettingIsRefusedBeforeAnythingStarts() throws Exception {
        assertThat(CliProcess.run(folder, "exit 9", Map.of(), "up", "--", "--port=1"))
                .isEqualTo(new Cli.Result(2, "error: --port belongs before the '--'\n", ""));
        assertThat(CliProcess.run(folder, "exit 9", Map.of(), "up", "now").out())
                .contains("'now' is no setting; settings look like --node-slots=4");
    }

    @Test
    void aServerThatIsKilledAtOnceIsTold() throws Exception {
        Cli.Result result = up("kill -9 $$");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out())
                .startsWith("error: the server http://127.0.0.1:")
                .endsWith(
                        " was killed (signal 9; by somebody, or because the machine ran out of memory) before it was ready\n");
    }
}
