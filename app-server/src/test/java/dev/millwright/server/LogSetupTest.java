package dev.millwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LogSetupTest {
    @Test
    void theQueueAdvertisesNothingAndStillTellsOfTrouble() throws Exception {
        LoggerContext log = new LoggerContext();
        JoranConfigurator setup = new JoranConfigurator();
        setup.setContext(log);

        setup.doConfigure(Objects.requireNonNull(ServerMain.class.getResource("/logback.xml")));

        assertThat(
                        log.getLogger("org.jobrunr.jobs.filters.JobPerformingFilters")
                                .getEffectiveLevel())
                .isEqualTo(Level.ERROR);
        assertThat(log.getLogger("org.jobrunr.server").getEffectiveLevel()).isEqualTo(Level.WARN);
        log.stop();
    }
}
