package dev.millwright.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.api.LiveStream;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogPage;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.StepList;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.command.Outage;
import dev.millwright.cli.command.Pause;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.cli.tree.StepNames;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Prints log lines. One thread.
///
/// @param interrupted ends everything soon after it became true
record LogPrinter(
        MillwrightClient client, Terminal terminal, boolean timestamps, AtomicBoolean interrupted) {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final Duration TICK = Duration.ofMillis(200);

    /// The lines of all steps in a group, step by step; while following, as they come.
    ///
    /// @param group the path of the root for the whole run
    /// @return the steps as they were at the end
    StepList all(RunId run, StepPath group, LogQuery query, boolean follow) {
        Map<StepPath, LogQuery> next = new HashMap<>();
        while (true) {
            StepList steps = client.steps(run);
            StepNames names = StepNames.of(steps.items());
            for (StepView step : steps.items()) {
                boolean wanted = step.path().isWithin(group) && step.logLines() > 0;
                if (wanted && !interrupted.get()) {
                    LogQuery from = next.getOrDefault(step.path(), query);
                    long line = step(run, step.path(), from, names.of(step.path()));
                    next.put(step.path(), query.from(line));
                }
            }
            if (!follow || isOver(steps, group) || interrupted.get()) {
                return steps;
            }
            terminal.requireReader();
            Pause.of(TICK);
        }
    }

    private static boolean isOver(StepList steps, StepPath group) {
        List<StepView> inside =
                steps.items().stream().filter(step -> step.path().isWithin(group)).toList();
        return steps.status().isFinished()
                || (!inside.isEmpty()
                        && inside.stream().allMatch(step -> step.status().isFinished()));
    }

    /// The lines of one step from where the query says; gives the number of the next line.
    long step(RunId run, StepPath step, LogQuery query, String prefix) {
        LogQuery from = query;
        while (true) {
            LogPage page = client.log(run, step, from);
            page.lines().forEach(line -> print(line, prefix));
            terminal.out().flush();
            if (from.tail() > 0
                    || page.lines().isEmpty()
                    || page.next() > page.totalLines()
                    || interrupted.get()) {
                return page.next();
            }
            from = from.from(page.next());
        }
    }

    /// The lines of one step as they come; without their times the exact bytes that it printed.
    void follow(RunId run, StepPath step, int tail, LogLineView.@Nullable Stream only) {
        long from = 1;
        if (tail > 0) {
            LogPage last = client.log(run, step, LogQuery.tail(tail));
            from = last.lines().isEmpty() ? last.next() : last.lines().getFirst().number();
        }
        try (LiveStream<LogLineView> lines = client.followLog(run, step, Math.max(1, from))) {
            Outage outage = new Outage(terminal::note);
            while (!lines.isEnded() && !interrupted.get()) {
                outage.note(lines.isConnected());
                terminal.requireReader();
                lines.poll(TICK)
                        .filter(line -> only == null || line.stream() == only)
                        .ifPresent(this::printFollowed);
                terminal.out().flush();
            }
        }
    }

    private void printFollowed(LogLineView line) {
        if (timestamps) {
            print(line, "");
            return;
        }
        String bytes = line.base64();
        terminal.out()
                .writeBytes(
                        bytes == null
                                ? line.text().getBytes(UTF_8)
                                : Base64.getDecoder().decode(bytes));
        if (line.complete()) {
            terminal.out().write('\n');
        }
    }

    private void print(LogLineView line, String prefix) {
        StringBuilder text = new StringBuilder();
        if (timestamps) {
            text.append(terminal.paint(Style.DIM, TIME.format(line.at()))).append(' ');
        }
        if (!prefix.isEmpty()) {
            text.append(terminal.paint(Style.CYAN, prefix))
                    .append(terminal.paint(Style.DIM, " | "));
        }
        terminal.out().print(text.append(line.text()).append('\n'));
    }
}
