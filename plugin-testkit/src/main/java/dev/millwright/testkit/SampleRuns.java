package dev.millwright.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.report.AttemptReport;
import dev.millwright.plugin.report.LogReader;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import dev.millwright.plugin.scm.CommitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Runs to export and to notify about: a sequence of a step that succeeds at the second try and one
/// that ends as told. The same each time.
///
/// ```java
/// Export export = SampleRuns.export(SampleRuns.finished(Outcome.FAILURE), Occasion.RUN_FINISHED, 100);
/// ```
public final class SampleRuns {
    private static final Instant BEGIN = Instant.parse("2027-01-31T06:00:00Z");
    private static final UUID ID = UUID.fromString("0194ba2f-0000-7000-8000-000000000001");

    private SampleRuns() {}

    /// A run that has ended like that.
    public static RunReport finished(Outcome outcome) {
        return run(outcome, at(60));
    }

    /// A run that goes on.
    public static RunReport running() {
        return run(null, null);
    }

    private static Instant at(int seconds) {
        return BEGIN.plus(Duration.ofSeconds(seconds));
    }

    private static RunReport run(@Nullable Outcome outcome, @Nullable Instant end) {
        return new RunReport(
                new RunId(ID),
                "default",
                "web",
                17,
                "push",
                "push to main by dev",
                "",
                outcome,
                source(),
                Map.of("target", "staging"),
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                "",
                BEGIN,
                at(1),
                end,
                null,
                "http://127.0.0.1:8080/runs/" + ID,
                List.of(
                        step("0", "web", "sequence", "", outcome, end, List.of()),
                        step(
                                "0/0",
                                "build",
                                "run",
                                "process",
                                Outcome.SUCCESS,
                                at(30),
                                List.of(
                                        attempt(1, Outcome.ERROR, null, at(10)),
                                        attempt(2, Outcome.SUCCESS, 0, at(30)))),
                        step(
                                "0/1",
                                "test",
                                "run",
                                "process",
                                outcome,
                                end,
                                List.of(attempt(3, outcome, outcome == null ? null : 1, end)))));
    }

    private static Source source() {
        return new Source(
                "https://example.org/web.git",
                "0123456789abcdef0123456789abcdef01234567",
                "refs/heads/main",
                "main",
                "",
                "",
                "Mend the gate",
                "Dev",
                "dev@example.org",
                List.of("src/gate.c"),
                Source.Checkout.DEFAULT);
    }

    private static StepReport step(
            String path,
            String name,
            String kind,
            String runner,
            @Nullable Outcome outcome,
            @Nullable Instant end,
            List<AttemptReport> attempts) {
        return new StepReport(
                new StepPath(path),
                name,
                kind,
                runner,
                outcome,
                outcome == Outcome.FAILURE ? "exit" : "",
                "",
                false,
                false,
                "00f067aa0ba902" + "%02x".formatted(0xa0 + path.length()),
                at(2),
                end,
                Map.of(),
                attempts);
    }

    private static AttemptReport attempt(
            int number, @Nullable Outcome outcome, @Nullable Integer exit, @Nullable Instant end) {
        return new AttemptReport(
                new AttemptId(new UUID(ID.getMostSignificantBits(), number)),
                number,
                "local",
                "00f067aa0ba9020" + number,
                outcome,
                outcome == Outcome.ERROR ? "lost" : "",
                exit,
                at(2),
                at(3),
                end,
                100);
    }

    /// An export of that run, whose attempts have that many lines of log each.
    public static Export export(RunReport run, Occasion occasion, long lines) {
        StepPath step = occasion == Occasion.STEP_FINISHED ? new StepPath("0/0") : null;
        return new Export(run.id() + "/" + occasion, occasion, step, run, logs(lines), "", 0);
    }

    /// A message about that run.
    public static Notification notification(RunReport run, Notification.Change change) {
        return new Notification(
                run.id() + "-" + change.name().replace('_', '-'),
                change,
                "web#17 failed: test (main, 0123456)",
                "Step 'test' failed.\n\n" + run.url() + "\n",
                List.of("millwright explain default/web#17 --server http://localhost"),
                run,
                logs(100),
                0);
    }

    /// A status of that run's commit.
    public static CommitStatus status(RunReport run, CommitStatus.State state) {
        Source source = run.source().orElseThrow();
        return new CommitStatus(
                run.id(),
                source.url(),
                source.commit(),
                state,
                "millwright/web",
                "test failed",
                run.url(),
                0);
    }

    /// A log of that many lines for each attempt; every tenth line is standard error.
    public static LogReader logs(long lines) {
        return (AttemptId attempt, long from, int limit) ->
                LongStream.range(from, Math.max(from, Math.min(lines, from + limit)))
                        .mapToObj(SampleRuns::line)
                        .toList();
    }

    private static LogLine line(long number) {
        boolean err = number % 10 == 9;
        return new LogLine(
                number,
                err ? LogStream.ERR : LogStream.OUT,
                at(3).plusMillis(number),
                err ? Severity.WARN : Severity.INFO,
                false,
                true,
                "line %d".formatted(number).getBytes(UTF_8));
    }
}
