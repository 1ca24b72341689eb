package dev.millwright.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.Test;

class StandardErrorLogTest {
    /// Whatever else sets up a log reads XML or patterns, which an agent would keep in memory.
    @Test
    void itIsWhatLogbackFindsAndUses() throws JoranException {
        LoggerContext context = new LoggerContext();
        new ContextInitializer(context).autoConfig();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        assertThat(root.getAppender("err"))
                .isInstanceOfSatisfying(
                        ConsoleAppender.class,
                        one -> {
                            assertThat(one.getTarget()).isEqualTo("System.err");
                            assertThat(one.getEncoder()).isInstanceOf(LogLines.class);
                        });
    }
}
