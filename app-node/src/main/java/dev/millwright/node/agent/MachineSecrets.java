package dev.millwright.node.agent;

import dev.millwright.engine.binding.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks secrets up in the environment and the files of this machine, each time anew, so that a
/// secret can be changed without a restart.
public final class MachineSecrets implements SecretSource {
    private static final Logger log = LoggerFactory.getLogger(MachineSecrets.class);

    private final Map<String, String> environment;

    public MachineSecrets(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Optional<String> resolve(String reference) {
        Matcher form = REFERENCE.matcher(reference);
        if (!form.matches()) {
            return Optional.empty();
        }
        if (form.group(1).equals("env")) {
            return Optional.ofNullable(environment.get(form.group(2)));
        }
        try {
            return Optional.of(Files.readString(Path.of(form.group(2))).strip());
        } catch (IOException unreadable) {
            log.warn("the secret file {} cannot be read: {}", form.group(2), unreadable.toString());
            return Optional.empty();
        }
    }
}
