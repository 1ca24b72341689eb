package dev.millwright.docker.engine;

import dev.millwright.model.AttemptId;
import java.util.Map;

/// The marks by which everything of this plugin is found again at the engine.
///
/// @param owner which node made it: several may share an engine
public record Labels(String owner) {
    static final String ATTEMPT = "dev.millwright.attempt";
    static final String OWNER = "dev.millwright.owner";
    static final String PART = "dev.millwright.part";

    /// The labels of one part of an attempt.
    ///
    /// @param part `step`, `network`, `service NAME`
    public Map<String, String> of(AttemptId attempt, String part) {
        return Map.of(ATTEMPT, attempt.toString(), OWNER, owner, PART, part);
    }

    /// The name of the container of a step, and of its network.
    public static String name(AttemptId attempt) {
        return "millwright-" + attempt;
    }
}
