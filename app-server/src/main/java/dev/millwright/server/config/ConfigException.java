package dev.millwright.server.config;

import dev.millwright.model.MillwrightException;
import java.util.List;

/// The configuration cannot be used; holds everything that is wrong with it at once.
public final class ConfigException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /// One sentence per problem, each naming the place and what to do.
    public List<String> problems() {
        return problems;
    }
}
