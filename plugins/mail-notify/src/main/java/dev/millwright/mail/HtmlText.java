package dev.millwright.mail;

import dev.millwright.model.Elapsed;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.plan.Source;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The same as the text of a message for those who like it coloured. Everything that comes from
/// outside is escaped; nothing is loaded from anywhere. Used by one thread.
///
/// @param logLines how many lines of the log of each failed step are shown
record HtmlText(Notification message, int logLines) {
    private static final int MOST_STEPS = 10;
    private static final int LONGEST_LINE = 500;

    String render() {
        RunReport run = message.run();
        StringBuilder html = new StringBuilder(2_000);
        html.append("<!doctype html><html><body style=\"font-family:sans-serif\">\n")
                .append("<h2 style=\"color:%s\">".formatted(colour(message.change())))
                .append(escaped(Words.inOneLine(message.subject())))
                .append("</h2>\n<table>\n");
        row(html, "Pipeline", run.namespace() + "/" + run.pipeline() + ", run " + run.number());
        row(html, "Status", run.outcome().map(Outcome::word).orElse("running"));
        row(html, "Duration", run.took().map(Elapsed::words).orElse(""));
        row(html, "Cause", run.cause());
        run.source().ifPresent(source -> rows(html, source));
        row(html, "Message", run.message());
        row(html, "Trace", run.traceId());
        html.append("</table>\n");
        if (isBad()) {
            run.failedSteps().stream().limit(MOST_STEPS).forEach(step -> step(html, step));
        }
        if (!message.commands().isEmpty()) {
            html.append("<p>To look at it:</p>\n");
            pre(html, message.commands().stream());
        }
        return html.append("<p><a href=\"")
                .append(escaped(run.url()))
                .append("\">")
                .append(escaped(run.url()))
                .append("</a></p>\n</body></html>\n")
                .toString();
    }

    private boolean isBad() {
        return message.change() == Change.BROKEN || message.change() == Change.STILL_BROKEN;
    }

    private static String colour(Change change) {
        return switch (change) {
            case STARTED, WAITING, CANCELLED -> "#555555";
            case SUCCEEDED, FIXED -> "#1a7f37";
            case BROKEN, STILL_BROKEN -> "#b42318";
        };
    }

    private static void rows(StringBuilder html, Source source) {
        row(html, "Repository", source.url());
        row(html, source.tag().isEmpty() ? "Branch" : "Tag", source.branch() + source.tag());
        row(html, "Commit", source.commit());
        row(html, "Author", source.author());
        row(html, "Change", source.message().lines().findFirst().orElse(""));
    }

    private static void row(StringBuilder html, String name, String value) {
        if (!value.isEmpty()) {
            html.append(
                    "<tr><td style=\"color:#555555\">%s</td><td>%s</td></tr>\n"
                            .formatted(name, escaped(value)));
        }
    }

    private void step(StringBuilder html, StepReport step) {
        String why = step.message().isEmpty() ? step.cause() : step.message();
        html.append("<h3>Step ")
                .append(escaped(step.name()))
                .append(why.isEmpty() ? "" : ": " + escaped(why))
                .append("</h3>\n");
        if (logLines > 0 && !step.attempts().isEmpty()) {
            List<LogLine> last = message.logs().last(step.attempts().getLast(), logLines);
            pre(html, last.stream().map(LogLine::plainText));
        }
    }

    private static void pre(StringBuilder html, Stream<String> lines) {
        html.append("<pre style=\"background:#f4f4f4;padding:8px\">")
                .append(
                        lines.map(HtmlText::shortened)
                                .map(HtmlText::escaped)
                                .collect(Collectors.joining("\n")))
                .append("</pre>\n");
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
