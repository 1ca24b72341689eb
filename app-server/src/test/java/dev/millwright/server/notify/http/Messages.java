package dev.millwright.server.notify.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.plugin.report.AttemptReport;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A message about a run of which one step failed.
final class Messages {
    private static final Instant BEGIN = Instant.parse("2027-01-31T06:00:00Z");

    private Messages() {}

    static Notification broken() {
        RunReport run =
                new RunReport(
                        new RunId(new UUID(1, 2)),
                        "default",
                        "web",
                        17,
                        "push",
                        "push by dev",
                        "",
                        Outcome.FAILURE,
                        source(),
                        Map.of(),
                        "0af7651916cd43dd8448eb211c80319c",
                        "b7ad6b7169203331",
                        "",
                        BEGIN,
                        BEGIN.plusSeconds(1),
                        BEGIN.plusSeconds(60),
                        null,
                        "http://localhost/api/v1/runs/1",
                        List.of(step("0", "web", "sequence", List.of()), test()));
        return new Notification(
                "3f1f0a52-9c1d-3e6b-a5a3-5c0f7f0f9d11",
                Change.BROKEN,
                "web#17 failed: <!channel> & test",
                "Step 'test' failed.\n```\n<@everyone>\n",
                List.of(),
                run,
                (_, _, _) -> List.of(line("\u001b[31mred\u001b[0m")),
                0);
    }

    private static Source source() {
        return new Source(
                "https://example.org/web.git",
                "c".repeat(40),
                "refs/heads/main",
                "main",
                "",
                "",
                "Mend the gate",
                "Dev",
                "dev@example.org",
                List.of(),
                Source.Checkout.DEFAULT);
    }

    private static StepReport test() {
        return step(
                "0/0",
                "test",
                "run",
                List.of(
                        new AttemptReport(
                                new AttemptId(new UUID(1, 3)),
                                1,
                                "local",
                                "00f067aa0ba90201",
                                Outcome.FAILURE,
                                "exit",
                                3,
                                BEGIN,
                                BEGIN,
                                BEGIN.plusSeconds(60),
                                1)));
    }

    private static StepReport step(
            String path, String name, String kind, List<AttemptReport> attempts) {
        return new StepReport(
                new StepPath(path),
                name,
                kind,
                "",
                Outcome.FAILURE,
                "exit",
                "",
                false,
                false,
                "00f067aa0ba90200",
                BEGIN,
                BEGIN.plusSeconds(60),
                Map.of(),
                attempts);
    }

    private static LogLine line(String text) {
        return new LogLine(
                0, LogStream.OUT, BEGIN, Severity.INFO, false, true, text.getBytes(UTF_8));
    }
}
