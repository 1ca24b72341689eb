package dev.millwright.engine.yaml;

import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.schema.Form;
import dev.millwright.engine.schema.Forms;
import dev.millwright.model.plan.Plan;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the table of values of a matrix.
final class MatrixReader {
    private static final Form FORM = Forms.named("matrix");

    private MatrixReader() {}

    static StepDefinition.Matrix read(Tree tree, FieldReader step, Problems problems) {
        FieldReader fields = FieldReader.of(tree);
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (String name : fields.fields().entries().keySet()) {
            if (FORM.find(name).isEmpty()) {
                axes.put(name, fields.texts(name));
                if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
                    problems.add(
                            fields.mark(name),
                            name,
                            "'%s' is no name for a matrix value".formatted(name),
                            "use letters, digits, '_' and '-'");
                }
            }
        }
        if (axes.isEmpty() && !fields.has("include")) {
            problems.add(tree, "the matrix is empty", "name a list of values: {jdk: [21, 25]}");
        }
        double cells = 1;
        for (List<String> values : axes.values()) {
            cells *= Math.max(1, values.size());
        }
        if (cells > Plan.MAX_STEPS) {
            problems.add(
                    tree,
                    "the matrix has %,.0f cells, and a plan has %,d steps at most"
                            .formatted(cells, Plan.MAX_STEPS),
                    "shrink it");
            axes = Map.of();
        }
        boolean own = !step.has("parallel");
        return new StepDefinition.Matrix(
                axes,
                fields.tables("include"),
                fields.tables("exclude"),
                own ? step.count("maxInFlight", 0) : 0,
                own && step.flag("failFast"));
    }

    /// Every name that a cell may bind.
    static Set<String> names(Tree tree) {
        FieldReader fields = FieldReader.of(tree);
        Set<String> names = new HashSet<>(fields.fields().entries().keySet());
        FORM.keys().forEach(key -> names.remove(key.name()));
        fields.tables("include").forEach(cell -> names.addAll(cell.keySet()));
        return names;
    }
}
