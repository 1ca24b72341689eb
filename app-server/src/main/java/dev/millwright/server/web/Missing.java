package dev.millwright.server.web;

import dev.millwright.engine.schema.Suggestions;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.resource.ResourceQuery;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import java.util.List;

/// What to answer when nothing has the name that was asked for: it may be a slip of the keyboard.
/// Called from any thread.
final class Missing {
    private Missing() {}

    static ProblemException pipeline(Resources resources, String namespace, String name) {
        return resource(resources, "Pipeline", "pipeline '%s'".formatted(name), namespace, name);
    }

    static ProblemException resource(
            Resources resources, String kind, String namespace, String name) {
        return resource(resources, kind, "%s '%s'".formatted(kind, name), namespace, name);
    }

    private static ProblemException resource(
            Resources resources, String kind, String what, String namespace, String name) {
        String place = namespace.isEmpty() ? "" : " in namespace '%s'".formatted(namespace);
        List<String> known =
                resources.list(ResourceQuery.of(kind, namespace)).items().stream()
                        .map(stored -> stored.resource().name())
                        .toList();
        return notFound("there is no " + what + place, name, known);
    }

    /// @param which a limit of the question, such as ` that has connected`; may be empty
    static ProblemException node(Nodes nodes, String name, String which) {
        List<String> known = nodes.all().stream().map(node -> node.row().name()).toList();
        return notFound("there is no node '%s'%s".formatted(name, which), name, known);
    }

    private static ProblemException notFound(String what, String name, List<String> known) {
        String hint = Suggestions.didYouMean(name, known);
        return ProblemException.of(
                ProblemType.NOT_FOUND, hint.isEmpty() ? what : what + "; " + hint);
    }
}
