package dev.millwright.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Lets everything that is logged appear on standard error. People look at what commands print;
/// only what needs attention goes beside it. The node agent, which runs as a service, sets the two
/// properties.
///
/// Logback finds it by its name in `META-INF/services`, and calls it on one thread. It is code
/// because a file in XML, and a pattern, would keep six hundred classes in the memory of an agent.
public final class StandardErrorLog extends ContextAwareBase implements Configurator {
    /// Name of the property with the least important level that is shown; `WARN` without it.
    static final String LEVEL = "millwright.cli.log.level";

    /// Name of the property that is `true` when each line begins with its time.
    static final String TIMES = "millwright.cli.log.times";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (hasFileOfItsOwn()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogLines lines = new LogLines(Boolean.getBoolean(TIMES) ? ZoneId.systemDefault() : null);
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("err");
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(lines);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.WARN));
        root.addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Tests say themselves what they want to see, and so may whoever starts the program.
    private static boolean hasFileOfItsOwn() {
        @Nullable String named = System.getProperty("logback.configurationFile");
        return named != null
                || StandardErrorLog.class.getClassLoader().getResource("logback-test.xml") != null;
    }
}
