package dev.millwright.engine.binding;

import dev.millwright.model.MillwrightException;
import java.util.List;

/// A configuration does not fit its record; holds everything that is wrong with it at once.
public final class BindingException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final transient List<BindingProblem> problems;

    public BindingException(List<BindingProblem> problems) {
        super(String.join("; ", problems.stream().map(BindingProblem::render).toList()));
        this.problems = List.copyOf(problems);
    }

    public List<BindingProblem> problems() {
        return problems;
    }
}
