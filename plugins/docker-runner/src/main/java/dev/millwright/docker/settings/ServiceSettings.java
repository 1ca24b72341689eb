package dev.millwright.docker.settings;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.OrSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A container that runs beside a step, which reaches it by its name. Immutable.
public record ServiceSettings(
        @Describe("Its host name.") String name,
        @Describe("Its image.") String image,
        @Describe("Its environment variables; values may be secrets of a store.") @OrSecret
                Map<String, String> environment,
        @Describe("In place of the image's entrypoint.") List<String> entrypoint,
        @Describe("In place of the image's command.") List<String> command,
        @Describe("A shell command that succeeds in it once it can be used.")
                Optional<String> health,
        @Describe("How long it may take until then.") @Default("60s") Duration patience) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    public ServiceSettings {
        environment = Map.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot be a host name: lower-case letters, digits and '-', at most 40"
                            .formatted(name));
        }
        if (image.isBlank()) {
            throw new IllegalArgumentException("service '%s' has no image".formatted(name));
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("'patience' is longer than nothing");
        }
    }
}
