package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void noPortIsGivenTwice() {
        List<Integer> given =
                IntStream.range(0, 1_000).parallel().mapToObj(_ -> Ports.free()).toList();

        assertThat(given).doesNotHaveDuplicates().hasSize(1_000);
    }

    @Test
    void aPortIsFreeAndNotOneThatTheSystemChooses() throws IOException {
        int port = Ports.free();

        try (ServerSocket own = new ServerSocket(port);
                ServerSocket chosen = new ServerSocket(0)) {
            assertThat(own.getLocalPort()).isEqualTo(port);
            assertThat(port).isLessThan(chosen.getLocalPort());
        }
    }
}
