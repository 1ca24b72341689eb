package dev.millwright.server.resource;

import dev.millwright.model.Parameters;
import java.util.ArrayList;
import java.util.List;

/// The spec of a `Forge`: where the state of runs is shown beside commits.
///
/// @param type the kind of a plugin's [dev.millwright.plugin.scm.ScmProvider], such as `github`
/// @param settings what the plugin reads: its address, its credentials
/// @param allNamespaces whether runs of other namespaces than its own are meant, too
/// @param suspend nothing is shown while it is set
public record ForgeSpec(String type, Parameters settings, boolean allNamespaces, boolean suspend) {
    private static final List<String> KEYS = List.of("type", "with", "all-namespaces", "suspend");

    /// @param problems empty when the spec can be used
    record Reading(ForgeSpec spec, List<ResourceProblem> problems) {}

    /// A spec that was checked before.
    public static ForgeSpec of(Parameters parameters) {
        return read(parameters).spec();
    }

    static Reading read(Parameters parameters) {
        List<ResourceProblem> problems = new ArrayList<>();
        SpecFields fields = new SpecFields("", parameters.values(), problems);
        fields.onlyKnown(KEYS);
        if (fields.text("type").isBlank()) {
            fields.problem("type", "'type' is missing; write the kind of a forge, such as github");
        }
        ForgeSpec spec =
                new ForgeSpec(
                        fields.text("type"),
                        fields.parameters("with"),
                        fields.flag("all-namespaces"),
                        fields.flag("suspend"));
        return new Reading(spec, problems);
    }

    /// Whether runs of that namespace are shown.
    ///
    /// @param home the namespace that the forge stands in
    public boolean wants(String home, String namespace) {
        return !suspend && (allNamespaces || home.equals(namespace));
    }
}
