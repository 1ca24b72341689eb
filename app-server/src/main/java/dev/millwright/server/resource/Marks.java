package dev.millwright.server.resource;

import dev.millwright.engine.yaml.Mark;
import java.util.Map;

/// Finds the place in a file that belongs to a pointer.
public final class Marks {
    private Marks() {}

    /// With the place of the value, or of the nearest value around it.
    public static ResourceProblem place(ResourceProblem problem, Map<String, Mark> marks) {
        String at = problem.pointer();
        while (!at.isEmpty() && !marks.containsKey(at)) {
            at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
        }
        return new ResourceProblem(problem.pointer(), problem.message(), marks.get(at));
    }
}
