package dev.millwright.docker;

import dev.millwright.docker.settings.ContainerStep;
import java.util.Locale;

/// Says why the engine did not start a step, in the words of its author.
final class Refusal {
    private Refusal() {}

    static String of(ContainerStep step, String said) {
        String image = step.image().orElse("");
        String plain = said.toLowerCase(Locale.ROOT).replace('`', '"');
        boolean missing =
                (plain.contains("executable file") && plain.contains("not found"))
                        || plain.contains("no such file or directory");
        if (missing && step.script().isPresent() && plain.contains("\"sh\"")) {
            return "image '%s' has no shell 'sh' to read the commands; use 'exec' or another image (%s)"
                    .formatted(image, said);
        }
        if (missing && !step.argv().isEmpty()) {
            return "image '%s' has no program '%s' (%s)"
                    .formatted(image, step.argv().getFirst(), said);
        }
        return "the container engine refused to start image '%s': %s".formatted(image, said);
    }
}
