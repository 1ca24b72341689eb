package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostsTest {
    private static final Instant NOW = Instant.parse("2027-01-31T06:00:00Z");
    private final Hosts hosts = new Hosts(2, Duration.ofMillis(50));

    @Test
    void eachFailureMakesTheRestLongerUntilTheHostAnswers() {
        Hosts.Host host = hosts.of("git.example.org");
        assertThat(host.failed("away", Duration.ZERO, NOW)).isEqualTo(Duration.ofSeconds(10));
        assertThat(host.failed("away", Duration.ZERO, NOW)).isEqualTo(Duration.ofSeconds(20));
        assertThat(host.failed("away", Duration.ofHours(1), NOW)).isEqualTo(Duration.ofHours(1));
        for (int i = 0; i < 50; i++) {
            host.failed("away", Duration.ZERO, NOW);
        }
        assertThat(host.failed("away", Duration.ZERO, NOW)).isEqualTo(Duration.ofMinutes(5));
        host.answered();
        assertThat(host.failed("away", Duration.ZERO, NOW)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aHostThatRestsIsNotAskedAndOthersAre() throws InterruptedException {
        hosts.of("a").failed("away", Duration.ZERO, NOW);
        assertThat(hosts.of("a").enter(NOW.plusSeconds(4)))
                .hasValueSatisfying(rest -> {
                    assertThat(rest.reason()).isEqualTo("a is left alone for a while: away");
                    assertThat(rest.pause()).isEqualTo(Duration.ofSeconds(6));
                });
        assertThat(hosts.of("a").enter(NOW.plusSeconds(10))).isEmpty();
        assertThat(hosts.of("b").enter(NOW)).isEmpty();
    }

    @Test
    void noMoreLooksAtOnceThanTheAdministratorSays() throws InterruptedException {
        Hosts.Host host = hosts.of("a");
        assertThat(host.enter(NOW)).isEmpty();
        assertThat(host.enter(NOW)).isEmpty();
        assertThat(host.enter(NOW))
                .hasValueSatisfying(rest -> assertThat(rest.reason()).contains("busy"));
        host.leave();
        assertThat(host.enter(NOW)).isEmpty();
    }
}
