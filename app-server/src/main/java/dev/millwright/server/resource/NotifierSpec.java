package dev.millwright.server.resource;

import dev.millwright.engine.schema.Forms;
import dev.millwright.engine.schema.Suggestions;
import dev.millwright.model.Globs;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.notify.Notification.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The spec of a `Notifier`: who is told of which runs, and when.
///
/// @param type the kind of a notifier that a plugin or the server itself offers
/// @param settings what it reads: its receivers
/// @param on what has to be new about a run
/// @param runs which are told of
/// @param branches patterns of their branches; empty for all, and for those without a branch
/// @param events what may have started them; empty for anything
/// @param keepFor how long a message waits at most
/// @param keepMost how many messages wait at most
public record NotifierSpec(
        String type,
        Parameters settings,
        Set<Change> on,
        RunFilter runs,
        List<String> branches,
        List<String> events,
        Duration keepFor,
        int keepMost) {
    private static final List<String> KEYS =
            Stream.concat(
                            Stream.of(
                                    "type",
                                    "with",
                                    "on",
                                    "branches",
                                    "events",
                                    "keep-for",
                                    "keep-most"),
                            RunFilter.KEYS.stream())
                    .toList();
    private static final Duration KEEP_FOR = Duration.ofDays(3);
    private static final int KEEP_MOST = 10_000;

    /// What users write below `on`.
    private static final Map<String, Set<Change>> WORDS =
            new TreeMap<>(
                    Map.of(
                            "started", Set.of(Change.STARTED),
                            "waiting", Set.of(Change.WAITING),
                            "success", Set.of(Change.SUCCEEDED, Change.FIXED),
                            "failure", Set.of(Change.BROKEN, Change.STILL_BROKEN),
                            "broken", Set.of(Change.BROKEN),
                            "fixed", Set.of(Change.FIXED),
                            "changed", Set.of(Change.BROKEN, Change.FIXED),
                            "cancelled", Set.of(Change.CANCELLED),
                            "always",
                                    Set.of(
                                            Change.SUCCEEDED,
                                            Change.FIXED,
                                            Change.BROKEN,
                                            Change.STILL_BROKEN,
                                            Change.CANCELLED)));

    private static final List<String> DEFAULT_ON = List.of("failure", "fixed");

    public NotifierSpec {
        on = Set.copyOf(on);
        branches = List.copyOf(branches);
        events = List.copyOf(events);
    }

    /// @param problems empty when the spec can be used
    record Reading(NotifierSpec spec, List<ResourceProblem> problems) {}

    /// A spec that was checked before.
    public static NotifierSpec of(Parameters parameters) {
        return read(parameters).spec();
    }

    static Reading read(Parameters parameters) {
        List<ResourceProblem> problems = new ArrayList<>();
        SpecFields fields = new SpecFields("", parameters.values(), problems);
        fields.onlyKnown(KEYS);
        String type = fields.text("type");
        if (type.isBlank()) {
            fields.problem(
                    "type", "'type' is missing; write webhook, slack or the kind of a plugin");
        }
        Duration keepFor = fields.has("keep-for") ? fields.duration("keep-for") : KEEP_FOR;
        int keepMost = fields.has("keep-most") ? fields.count("keep-most") : KEEP_MOST;
        NotifierSpec spec =
                new NotifierSpec(
                        type,
                        fields.parameters("with"),
                        changes(fields),
                        RunFilter.of(fields),
                        fields.texts("branches"),
                        events(fields),
                        keepFor,
                        keepMost);
        return new Reading(spec, problems);
    }

    private static Set<Change> changes(SpecFields fields) {
        Set<Change> changes = EnumSet.noneOf(Change.class);
        List<String> words = fields.has("on") ? fields.texts("on") : DEFAULT_ON;
        for (String word : words) {
            @Nullable Set<Change> meant = WORDS.get(word);
            if (meant == null) {
                fields.problem("on", unknown(word, List.copyOf(WORDS.keySet())));
            } else {
                changes.addAll(meant);
            }
        }
        if (words.isEmpty()) {
            fields.problem("on", "'on' is empty; write for example [failure, fixed]");
        }
        return changes;
    }

    private static List<String> events(SpecFields fields) {
        List<String> events = fields.texts("events");
        events.stream()
                .filter(event -> !Forms.EVENTS.contains(event))
                .forEach(event -> fields.problem("events", unknown(event, Forms.EVENTS)));
        return events;
    }

    private static String unknown(String word, List<String> known) {
        String hint = Suggestions.didYouMean(word, known);
        return "'%s' is not known here; %s"
                .formatted(
                        word, hint.isEmpty() ? "write one of " + String.join(", ", known) : hint);
    }

    /// Whether something that may turn out to be one of these changes is told.
    public boolean wantsOneOf(Set<Change> possible) {
        return possible.stream().anyMatch(on::contains);
    }

    /// Whether a run that such an event started on such a branch is told of.
    public boolean wants(String event, String branch) {
        return (events.isEmpty() || events.contains(event))
                && (branches.isEmpty() || Globs.matchesAny(branches, branch));
    }
}
