package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S08")
final class StrangerLimitTest {
    private final EmbeddedChannel port = new EmbeddedChannel(new StrangerLimit(2, 3));
    private int ports;

    private EmbeddedChannel arrives(String address) {
        InetSocketAddress remote = new InetSocketAddress(address, ++ports);
        EmbeddedChannel connection =
                new EmbeddedChannel() {
                    @Override
                    protected SocketAddress remoteAddress0() {
                        return remote;
                    }
                };
        var _ = port.writeInbound(connection);
        return connection;
    }

    @Test
    void oneAddressHasOnlySoManyAndRoomAgainWhenOneLeaves() {
        EmbeddedChannel first = arrives("10.0.0.1");
        EmbeddedChannel second = arrives("10.0.0.1");
        assertThat(arrives("10.0.0.1").isOpen()).isFalse();
        assertThat(arrives("10.0.0.2").isOpen()).isTrue();

        var _ = first.close();

        assertThat(arrives("10.0.0.1").isOpen()).isTrue();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        assertThat(arrives("2001:db8:1:2::1").isOpen()).isTrue();
        assertThat(arrives("2001:db8:1:2:ffff::2").isOpen()).isTrue();
        assertThat(arrives("2001:db8:1:2:3:4:5:6").isOpen()).isFalse();
        assertThat(arrives("2001:db8:1:3::1").isOpen()).isTrue();
    }

    @Test
    void whenThereAreTooManyInAllTheOldestOfTheAddressWithTheMostGoes() {
        EmbeddedChannel alone = arrives("10.0.0.1");
        EmbeddedChannel oldest = arrives("10.0.0.2");
        EmbeddedChannel younger = arrives("10.0.0.2");

        EmbeddedChannel next = arrives("10.0.0.3");

        assertThat(oldest.isOpen()).isFalse();
        assertThat(alone.isOpen()).isTrue();
        assertThat(younger.isOpen()).isTrue();
        assertThat(next.isOpen()).isTrue();
    }
}
