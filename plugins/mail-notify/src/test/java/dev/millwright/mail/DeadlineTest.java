package dev.millwright.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlineTest {
    @Test
    void whoeverWaitsForTheOtherSideIsWokenAtTheEnd() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            Deadline.within(
                                    Duration.ofMillis(200),
                                    () -> read(silent.getLocalPort(), woken)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int read(int port, CountDownLatch woken) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read();
        } catch (SocketException closed) {
            woken.countDown();
            throw closed;
        }
    }

    @Test
    void whatIsDoneInTimeIsHandedOn() throws Exception {
        assertThat(Deadline.within(Duration.ofSeconds(10), () -> 7)).isEqualTo(7);
        assertThatThrownBy(() ->
                        Deadline.within(
                                Duration.ofSeconds(10),
                                () -> {
                                    throw new IOException("refused");
                                }))
                .hasRootCauseMessage("refused");
    }
}
