package dev.millwright.engine.yaml;

import dev.millwright.model.MillwrightException;
import java.util.List;
import java.util.stream.Collectors;

/// A file could not be read; holds every problem that was found.
public final class YamlException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public YamlException(List<Problem> problems) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
