package dev.millwright.server.resource;

import dev.millwright.model.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The spec of an `Exporter`: what is told to which system.
///
/// @param type the kind of an exporter that a plugin offers
/// @param settings what the plugin reads
/// @param runs which are told of
/// @param keepFor how long something waits at most
/// @param keepMost how many things wait at most
public record ExporterSpec(
        String type, Parameters settings, RunFilter runs, Duration keepFor, int keepMost) {
    private static final List<String> KEYS =
            Stream.concat(
                            Stream.of("type", "with", "keep-for", "keep-most"),
                            RunFilter.KEYS.stream())
                    .toList();
    private static final Duration KEEP_FOR = Duration.ofDays(7);
    private static final int KEEP_MOST = 100_000;

    /// @param problems empty when the spec can be used
    record Reading(ExporterSpec spec, List<ResourceProblem> problems) {}

    /// A spec that was checked before.
    public static ExporterSpec of(Parameters parameters) {
        return read(parameters).spec();
    }

    static Reading read(Parameters parameters) {
        List<ResourceProblem> problems = new ArrayList<>();
        SpecFields fields = new SpecFields("", parameters.values(), problems);
        fields.onlyKnown(KEYS);
        String type = fields.text("type");
        if (type.isBlank()) {
            fields.problem("type", "'type' is missing; write the kind of a plugin's exporter");
        }
        Duration keepFor = fields.has("keep-for") ? fields.duration("keep-for") : KEEP_FOR;
        int keepMost = fields.has("keep-most") ? fields.count("keep-most") : KEEP_MOST;
        ExporterSpec spec =
                new ExporterSpec(
                        type, fields.parameters("with"), RunFilter.of(fields), keepFor, keepMost);
        return new Reading(spec, problems);
    }

    /// Whether runs of that pipeline are told of.
    ///
    /// @param home the namespace that the exporter stands in
    public boolean wants(String home, String namespace, String pipeline) {
        return runs.wants(home, namespace, pipeline);
    }
}
