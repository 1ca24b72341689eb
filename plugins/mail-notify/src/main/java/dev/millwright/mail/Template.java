package dev.millwright.mail;

import dev.millwright.model.Elapsed;
import dev.millwright.model.plan.Source;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text with variables: `$NAME` or `${NAME}`, and `$$` for the sign itself. What is filled in is
/// not looked at again. Pure.
final class Template {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([^}]*)})");

    private static final Map<String, Function<Notification, String>> VALUES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("SUBJECT", Notification::subject),
                            Map.entry("TEXT", Notification::text),
                            Map.entry("CHANGE", message -> Words.of(message.change())),
                            Map.entry("NAMESPACE", of(RunReport::namespace)),
                            Map.entry("PIPELINE_NAME", of(RunReport::pipeline)),
                            Map.entry("RUN_NUMBER", of(run -> Long.toString(run.number()))),
                            Map.entry("RUN_ID", of(run -> run.id().toString())),
                            Map.entry("TRACEID", of(RunReport::traceId)),
                            Map.entry("STATUS", of(Template::status)),
                            Map.entry("DURATION", of(Template::duration)),
                            Map.entry("EVENT", of(RunReport::event)),
                            Map.entry("CAUSE", of(RunReport::cause)),
                            Map.entry("URL", of(RunReport::url)),
                            Map.entry("FAILED_STEPS", of(Template::failedSteps)),
                            Map.entry("BRANCH", ofSource(Source::branch)),
                            Map.entry("TAG", ofSource(Source::tag)),
                            Map.entry("COMMIT", ofSource(Source::commit)),
                            Map.entry("COMMIT_MESSAGE", ofSource(Source::message)),
                            Map.entry("AUTHOR", ofSource(Source::author))));

    private Template() {}

    private static Function<Notification, String> of(Function<RunReport, String> value) {
        return message -> value.apply(message.run());
    }

    private static Function<Notification, String> ofSource(Function<Source, String> value) {
        return message -> message.run().source().map(value).orElse("");
    }

    private static String status(RunReport run) {
        return run.outcome().map(Outcome::word).orElse("running");
    }

    private static String duration(RunReport run) {
        return run.took().map(Elapsed::words).orElse("");
    }

    private static String failedSteps(RunReport run) {
        return run.failedSteps().stream().map(StepReport::name).collect(Collectors.joining(", "));
    }

    /// Throws [IllegalArgumentException] when there is a variable that does not exist.
    static void check(String key, String template) {
        VARIABLE.matcher(template)
                .results()
                .filter(found -> found.group(1) == null)
                .map(Template::name)
                .filter(name -> !VALUES.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "%s: there is no variable '%s'; known are %s"
                                    .formatted(key, name, String.join(", ", VALUES.keySet())));
                });
    }

    private static String name(MatchResult found) {
        return found.group(2) == null ? String.valueOf(found.group(3)) : found.group(2);
    }

    static String filled(String template, Notification message) {
        return VARIABLE.matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                found.group(1) == null
                                        ? VALUES.getOrDefault(name(found), _ -> "").apply(message)
                                        : "$"));
    }
}
