package dev.millwright.server.notify;

import dev.millwright.model.Elapsed;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.plan.Source;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.plugin.report.LogReader;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import dev.millwright.server.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Puts what is new about a run into words for people. Used by one thread.
///
/// @param step the path of the step that waits; empty for everything else
/// @param serverUrl where commands find the server, without a slash at the end
record Wording(RunReport run, Change change, String step, LogReader logs, String serverUrl) {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_LINE = 500;
    private static final int MOST_STEPS = 5;
    private static final int MOST_LINES = 20;

    /// Such as `web#17 failed: test (main, 3f2a91c)`.
    String subject() {
        String steps = change == Change.WAITING ? waitingStep() : failedSteps();
        return shortened(
                name() + " " + verb() + (steps.isEmpty() ? "" : ": " + steps) + place(),
                LONGEST_SUBJECT);
    }

    private String name() {
        String home =
                run.namespace().equals(Resources.DEFAULT_NAMESPACE) ? "" : run.namespace() + "/";
        return home + run.pipeline() + "#" + run.number();
    }

    private String verb() {
        return switch (change) {
            case STARTED -> "started";
            case SUCCEEDED -> "succeeded";
            case FIXED -> "is fixed";
            case BROKEN -> bad();
            case STILL_BROKEN -> bad() + " again";
            case CANCELLED -> "was cancelled";
            case WAITING -> "waits for an approval";
        };
    }

    private String bad() {
        return switch (run.outcome().orElse(Outcome.ERROR)) {
            case TIMEOUT -> "timed out";
            case ERROR -> "ended with an error";
            case FAILURE, CANCELLATION, SUCCESS, SKIP -> "failed";
        };
    }

    private boolean isBad() {
        return change == Change.BROKEN || change == Change.STILL_BROKEN;
    }

    private String waitingStep() {
        return run.steps().stream()
                .filter(one -> one.path().value().equals(step))
                .map(StepReport::name)
                .collect(Collectors.joining());
    }

    private String failedSteps() {
        List<StepReport> failed = isBad() ? run.failedSteps() : List.of();
        String names =
                failed.stream()
                        .limit(MOST_STEPS)
                        .map(StepReport::name)
                        .collect(Collectors.joining(", "));
        return failed.size() > MOST_STEPS ? names + ", ..." : names;
    }

    private String place() {
        String where =
                run.source()
                        .map(source ->
                                List.of(
                                                source.tag().isEmpty()
                                                        ? source.branch()
                                                        : source.tag(),
                                                commit(source))
                                        .stream()
                                        .filter(word -> !word.isEmpty())
                                        .collect(Collectors.joining(", ")))
                        .orElse("");
        return where.isEmpty() ? "" : " (" + where + ")";
    }

    private static String commit(Source source) {
        return source.commit().substring(0, Math.min(7, source.commit().length()));
    }

    /// What failed, the last lines of its log, where to look further.
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        lines.add("Cause: " + shortened(run.cause(), LONGEST_LINE));
        run.source()
                .filter(source -> !source.commit().isEmpty())
                .ifPresent(source -> {
                    String author = source.author().isEmpty() ? "" : " by " + source.author();
                    String message = source.message().lines().findFirst().orElse("");
                    lines.add(
                            shortened(
                                    "Commit: %s%s%s"
                                            .formatted(
                                                    commit(source),
                                                    author,
                                                    message.isEmpty() ? "" : ": " + message),
                                    LONGEST_LINE));
                });
        List<StepReport> failed = isBad() ? run.failedSteps() : List.of();
        if (failed.isEmpty() && !run.message().isEmpty()) {
            lines.add(shortened(run.message(), LONGEST_LINE));
        }
        failed.stream().limit(MOST_STEPS).forEach(one -> tell(one, lines));
        lines.add("");
        lines.add("To look at it:");
        commands().forEach(command -> lines.add("    " + command));
        lines.add("");
        lines.add("API: " + run.url());
        lines.add("Trace: " + run.traceId());
        return String.join("\n", lines) + "\n";
    }

    /// To paste into a terminal: there is no page to link to.
    List<String> commands() {
        String address = "%s/%s#%d".formatted(run.namespace(), run.pipeline(), run.number());
        List<String> commands = new ArrayList<>(List.of("explain " + address));
        List<StepReport> failed = isBad() ? run.failedSteps() : List.of();
        if (change == Change.WAITING) {
            commands.add("approve %s %s".formatted(address, step));
        } else if (change != Change.STARTED) {
            commands.add(
                    "logs "
                            + address
                            + (failed.isEmpty() ? "" : "/" + failed.getFirst().path().value()));
        }
        return commands.stream()
                .map(command -> "millwright %s --server %s".formatted(command, serverUrl))
                .toList();
    }

    private String headline() {
        String status = run.outcome().map(Outcome::word).orElse("still running");
        String after = run.took().map(took -> " after " + Elapsed.words(took)).orElse("");
        return "Pipeline %s/%s, run %d: %s%s"
                .formatted(run.namespace(), run.pipeline(), run.number(), status, after);
    }

    private void tell(StepReport failed, List<String> lines) {
        String why = failed.message().isEmpty() ? failed.cause() : failed.message();
        lines.add("");
        lines.add(
                shortened(
                        "Step '%s' (%s)%s"
                                .formatted(
                                        failed.name(),
                                        failed.path(),
                                        why.isEmpty() ? " failed" : ": " + why),
                        LONGEST_LINE));
        if (!failed.attempts().isEmpty()) {
            for (LogLine line : logs.last(failed.attempts().getLast(), MOST_LINES)) {
                lines.add("    " + shortened(line.plainText(), LONGEST_LINE));
            }
        }
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
