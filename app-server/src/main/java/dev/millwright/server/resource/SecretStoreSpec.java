package dev.millwright.server.resource;

import dev.millwright.model.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The spec of a `SecretStore`: where secrets are read from.
///
/// @param type the kind of a plugin's [dev.millwright.plugin.secret.SecretStore], such as `vault`
/// @param settings what the plugin reads: its address, its credentials
/// @param allNamespaces whether pipelines of other namespaces than its own may use it, too
/// @param patience how long steps wait while the store cannot tell
public record SecretStoreSpec(
        String type, Parameters settings, boolean allNamespaces, Duration patience) {
    private static final List<String> KEYS = List.of("type", "with", "all-namespaces", "patience");
    private static final Duration PATIENCE = Duration.ofHours(1);

    /// @param problems empty when the spec can be used
    record Reading(SecretStoreSpec spec, List<ResourceProblem> problems) {}

    /// A spec that was checked before.
    public static SecretStoreSpec of(Parameters parameters) {
        return read(parameters).spec();
    }

    static Reading read(Parameters parameters) {
        List<ResourceProblem> problems = new ArrayList<>();
        SpecFields fields = new SpecFields("", parameters.values(), problems);
        fields.onlyKnown(KEYS);
        if (fields.text("type").isBlank()) {
            fields.problem(
                    "type", "'type' is missing; write the kind of a secret store, such as vault");
        }
        SecretStoreSpec spec =
                new SecretStoreSpec(
                        fields.text("type"),
                        fields.parameters("with"),
                        fields.flag("all-namespaces"),
                        fields.has("patience") ? fields.duration("patience") : PATIENCE);
        return new Reading(spec, problems);
    }
}
