package dev.millwright.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S29")
final class NetworkWallTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, this machine",
        "127.9.9.9, this machine",
        "0.0.0.0, this machine",
        "0.1.2.3, this machine",
        "localhost, this machine",
        "[::1], this machine",
        "::, this machine",
        "[::ffff:127.0.0.1], this machine",
        "::127.0.0.1, this machine",
        "64:ff9b::7f00:1, this machine",
        "2002:7f00:0001::, this machine",
        "169.254.169.254, link",
        "64:ff9b::a9fe:a9fe, link",
        "fe80::1, link",
        "10.1.2.3, private",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.168.1.1, private",
        "100.100.100.200, private",
        "fd00:ec2::254, private",
        "[::ffff:10.0.0.1], private",
        "224.0.0.1, no single",
        "255.255.255.255, no single",
        "198.18.0.1, no single",
        "ff02::1, no single",
    })
    void whatIsNotEverybodysIsNotReached(String host, String why) {
        assertThatThrownBy(() -> NetworkWall.CLOSED.check(host))
                .isInstanceOf(WallException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("'network.allow'");
    }

    @Test
    void anAddressIsNamedOnce() {
        assertThatThrownBy(() -> NetworkWall.CLOSED.check("127.0.0.1"))
                .hasMessageStartingWith("127.0.0.1 is this machine, which is not reached unless");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0x7f000001", "2130706433", "0177.0.0.1", "127.1", "0x7f.1", "127.0.0.1."})
    void anAddressThatIsWrittenInAnotherWayIsNone(String host) {
        assertThatThrownBy(() -> NetworkWall.CLOSED.check(host))
                .isInstanceOf(WallException.class)
                .hasMessageContaining("way of writing");
        assertThatThrownBy(() -> NetworkWall.CLOSED.checkWhereKnown(host))
                .isInstanceOf(WallException.class);
        assertThat(NetworkWall.CLOSED.problemOfAddress(host)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "192.0.2.1",
                "2001:db8::1",
                "[2001:4860:4860::8888]"
            })
    void whatIsEverybodysIs(String host) throws IOException {
        assertThat(NetworkWall.CLOSED.check(host)).hasSize(1);
        assertThat(NetworkWall.CLOSED.problemOfAddress(host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost",
        "localhost, localhost",
        "127.0.0.0/8, 127.3.2.1",
        "private, 10.1.2.3",
        "private, fd12::1",
        "10.1.0.0/16, 10.1.2.3",
        "fd12::/16, fd12::1",
        "*, 169.254.169.254",
        "169.254.169.254, 169.254.169.254",
    })
    void theAdministratorMayAllowMore(String allowed, String host) {
        assertThatCode(() -> NetworkWall.allowing(List.of(allowed)).check(host))
                .doesNotThrowAnyException();
        assertThatCode(() -> NetworkWall.CLOSED.and(List.of(allowed)).check(host))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "private, 127.0.0.1",
        "private, 169.254.169.254",
        "10.1.0.0/16, 10.2.0.1",
        "example.org, localhost",
        "10.0.0.1, 10.0.0.2",
    })
    void andNothingBesides(String allowed, String host) {
        assertThatThrownBy(() -> NetworkWall.allowing(List.of(allowed)).check(host))
                .isInstanceOf(WallException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0/8", "example.org/8", "::/129", "10.0.0.0/x", "/"})
    void aNetworkThatIsNoneIsTold(String entry) {
        assertThatThrownBy(() -> NetworkWall.allowing(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'%s' is no network".formatted(entry));
    }

    @Test
    void aNameThatNobodyKnowsIsForWhoKnowsIt() {
        assertThatThrownBy(() -> NetworkWall.CLOSED.check("nowhere.invalid"))
                .isInstanceOf(UnknownHostException.class);
        assertThatCode(() -> NetworkWall.CLOSED.checkWhereKnown("nowhere.invalid"))
                .doesNotThrowAnyException();
        assertThat(NetworkWall.CLOSED.problemOfAddress("nowhere.invalid")).isEmpty();
    }
}
