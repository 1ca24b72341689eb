package dev.millwright.cli.local;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.plan.SecretReferences;
import dev.millwright.engine.yaml.Mark;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.plugin.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// The secrets of a local run: given on the command line, in files, or by variables of the user's
/// environment that are called like those of the step. Immutable.
///
/// @param given by the names of `from_secret`
/// @param environment the user's
/// @param files of the pipeline, to tell where a secret is asked for
record LocalSecrets(
        Map<String, String> given, Map<String, String> environment, List<PipelineFile> files) {

    /// Nobody gave a secret that a step asks for.
    static final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private MissingException(String message) {
            super(message);
        }
    }

    /// What a step asks for, by its references. Throws [MissingException].
    ///
    /// @param variables what the step is going to find in its environment
    Map<String, Secret> of(Plan plan, Step step, Map<String, String> variables) {
        Map<String, Secret> found = new HashMap<>();
        for (String reference : SecretReferences.of(plan, step)) {
            Matcher form = SecretSource.OF_STORE.matcher(reference);
            String name = form.matches() ? form.group(1) : reference;
            List<String> called =
                    variables.entrySet().stream()
                            .filter(variable -> variable.getValue().equals(reference))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList();
            String value =
                    Optional.ofNullable(given.get(name))
                            .or(() -> called.stream().flatMap(this::variable).findFirst())
                            .orElseThrow(() -> new MissingException(missing(step, name, called)));
            found.put(reference, Secret.of(value));
        }
        return found;
    }

    private Stream<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty()).stream();
    }

    private String missing(Step step, String name, List<String> called) {
        String field = called.isEmpty() ? "" : " for '%s'".formatted(called.getFirst());
        String variable =
                called.isEmpty() ? "" : ", or in the environment variable " + called.getFirst();
        return "%s'%s' asks for the secret %s%s; give it with --secret '%s=VALUE', in a --secret-file%s"
                .formatted(
                        place(name).map(mark -> mark + ": ").orElse(""),
                        step.name(),
                        name,
                        field,
                        name,
                        variable);
    }

    /// Plans do not tell places, so the first one that names the secret is told; an included file
    /// is not looked at.
    private Optional<Mark> place(String name) {
        for (PipelineFile file : files) {
            List<String> lines = file.text().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int at = lines.get(i).indexOf(name);
                if (at >= 0 && isWhole(lines.get(i), at + name.length())) {
                    return Optional.of(new Mark(file.name(), i + 1, at + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isWhole(String line, int end) {
        return end == line.length() || " }\"',".indexOf(line.charAt(end)) >= 0;
    }

    @Override
    public String toString() {
        return "LocalSecrets" + given.keySet();
    }
}
