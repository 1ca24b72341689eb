package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.plugin.poll.PollResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The built plugin against servers that hang, lie or are not allowed. None of those that hang ever
/// ends by itself: a look that comes back has given it up.
@Timeout(120)
final class BadServersIT {
    private static final String LATE = "it took longer than 4 s";

    /// What a look may read of refs, and what may be on its way in buffers of the network.
    private static final long LOOK_AND_BUFFERS = 32L << 20;

    @TempDir Path folder;
    private GitServer server;
    private Looking looking;

    @BeforeEach
    void serve() throws Exception {
        server = GitServer.start(folder);
        looking = Looking.everywhere();
    }

    @AfterEach
    void stop() {
        looking.close();
        server.close();
    }

    private PollResult.Failed fails(String path) throws InterruptedException {
        PollResult.Failed failed = looking.failure(server.url(path));
        assertThat(failed.reason()).startsWith("127.0.0.1:");
        return failed;
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        assertThat(fails("/silent/web.git").reason()).contains(LATE);
    }

    @Test
    void aServerThatTricklesIsGivenUp() throws Exception {
        assertThat(fails("/trickle/web.git").reason()).contains(LATE);
    }

    @Test
    void aServerThatFloodsIsGivenUp() throws Exception {
        assertThat(fails("/flood/web.git").reason())
                .containsAnyOf("more than a look may read", LATE);
        assertThat(server.flooded.get()).isLessThan(LOOK_AND_BUFFERS);
    }

    @Test
    void aServerThatIsNoGitIsTold() throws Exception {
        assertThat(fails("/garbage/web.git").reason()).contains("not as Git does over HTTP");
    }

    @Test
    void aServerThatLiesIsTold() throws Exception {
        fails("/liar/web.git");
    }

    @Test
    void aRepositoryThatIsNotThereIsNoTroubleOfItsHost() throws Exception {
        Origin origin = Origin.create(folder.resolve("web.git"));
        origin.commit("main");
        fails("/open/nothing.git");
        assertThat(looking.found(server.url("/open/web.git"))).isEmpty();
    }

    @Test
    void aHostThatDoesNotAnswerIsLeftAloneByAllPolls() throws Exception {
        fails("/silent/web.git");
        int before = server.requests.get();
        PollResult.Failed other = looking.failure(server.url("/open/web.git"));
        assertThat(other.reason()).contains("left alone").contains("took longer");
        assertThat(other.notBefore()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
        assertThat(server.requests).hasValue(before);

        Origin origin = Origin.create(folder.resolve("web.git"));
        origin.commit("main");
        Instant later = Instant.parse("2027-01-31T06:00:30Z");
        assertThat(looking.at(later, server.url("/open/web.git")))
                .isInstanceOf(PollResult.Looked.class);
    }

    @Test
    void aServerThatIsOverloadedIsLeftAloneAsLongAsItAsks() throws Exception {
        assertThat(fails("/busy/web.git").notBefore()).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    @Tag("S29")
    void nobodyIsFollowedToAnotherPlace() throws Exception {
        assertThat(fails("/elsewhere/web.git").reason()).contains("another place, 127.0.0.1:9");
    }

    /// However the address of this machine is written, nothing is sent there.
    @ParameterizedTest
    @Tag("S29")
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/open/web.git",
                "http://localhost:PORT/open/web.git",
                "http://0x7f000001:PORT/open/web.git",
                "http://2130706433:PORT/open/web.git",
                "http://0.0.0.0:PORT/open/web.git",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1:PORT/open/web.git",
                "http://flips.example:PORT/open/web.git",
                "ssh://127.0.0.1:PORT/web.git",
                "ssh://0x7f000001:PORT/web.git",
            })
    void thisMachineIsNotReachedUnlessTheAdministratorAllowsIt(String address) throws Exception {
        Origin.create(folder.resolve("web.git")).commit("main");
        int port = URI.create(server.url("/")).getPort();
        try (Looking strict = Looking.with("schemes: [https, ssh, http]\ntimeout: 3s\n")) {
            PollResult.Failed failed =
                    strict.failure(address.replace("PORT", Integer.toString(port)));
            if (!address.contains("flips") && !address.matches(".*(0x|2130706433).*")) {
                assertThat(failed.reason()).contains("'network.allow'");
            }
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    @Tag("S27")
    void onlyWhatTheAdministratorAllowsIsReached() throws Exception {
        Origin.create(folder.resolve("web.git"));
        try (Looking strict = Looking.with("schemes: [https, ssh]\n");
                ServerSocket daemon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            daemon.setSoTimeout(200);
            for (String address :
                    new String[] {
                        server.url("/open/web.git"),
                        "git://127.0.0.1:%d/web.git".formatted(daemon.getLocalPort()),
                        "ftp://127.0.0.1:%d/web.git".formatted(daemon.getLocalPort()),
                        "file://" + folder.resolve("web.git"),
                        folder.resolve("web.git").toString(),
                        "amazon-s3://.x@bucket/web.git",
                        "ext::sh -c true",
                        "--upload-pack=true",
                        "ssh://-oProxyCommand=true/x",
                        "https://ada:secret@127.0.0.1/x.git",
                        // JGit does not understand addresses of IPv6
                        "https://[::ffff:127.0.0.1]:%d/x.git".formatted(daemon.getLocalPort()),
                    }) {
                assertThatThrownBy(() -> strict.at(address))
                        .as(address)
                        .hasMessageNotContaining("secret")
                        .hasMessageContaining("git-poll");
            }
            assertThatThrownBy(daemon::accept).hasMessageContaining("timed out");
        }
        assertThat(server.requests).hasValue(0);
    }
}
