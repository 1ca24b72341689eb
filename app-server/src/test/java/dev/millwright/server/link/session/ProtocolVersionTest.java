package dev.millwright.server.link.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProtocolVersionTest {
    @Test
    void serverSpeaksWithTheVersionBeforeAndTheOneAfterItsOwn() {
        assertThat(ProtocolVersion.between(3, 3)).isEqualTo(new ProtocolVersion.Common(3));
        assertThat(ProtocolVersion.between(3, 2)).isEqualTo(new ProtocolVersion.Common(2));
        assertThat(ProtocolVersion.between(3, 4)).isEqualTo(new ProtocolVersion.Common(3));
    }

    @Test
    void othersAreToldWhoHasToBeUpgraded() {
        assertThat(why(3, 1)).endsWith("upgrade the node");
        assertThat(why(3, 5)).endsWith("upgrade the servers first");
        assertThat(why(1, 0)).contains("does not say");
    }

    private static String why(int server, int node) {
        return ProtocolVersion.between(server, node) instanceof ProtocolVersion.None(String why)
                ? why
                : "";
    }
}
