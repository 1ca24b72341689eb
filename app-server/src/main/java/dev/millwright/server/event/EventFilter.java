package dev.millwright.server.event;

import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Choose events. Every part that is given must match.
///
/// @param namespaces one of these; empty for all
/// @param types one of these; a type that ends in `*` matches by its beginning; empty for all
/// @param runOrNull only events of this run
public record EventFilter(Set<String> namespaces, Set<String> types, @Nullable RunId runOrNull) {
    public static final EventFilter ALL = new EventFilter(Set.of(), Set.of(), null);

    public EventFilter {
        namespaces = Set.copyOf(namespaces);
        types = Set.copyOf(types);
    }

    public static EventFilter ofRun(RunId run) {
        return new EventFilter(Set.of(), Set.of(), run);
    }

    public static EventFilter ofNamespace(String namespace) {
        return new EventFilter(Set.of(namespace), Set.of(), null);
    }

    public EventFilter withTypes(Set<String> wanted) {
        return new EventFilter(namespaces, wanted, runOrNull);
    }

    public Optional<RunId> run() {
        return Optional.ofNullable(runOrNull);
    }

    public boolean matches(Event event) {
        return (namespaces.isEmpty() || namespaces.contains(event.namespace()))
                && (runOrNull == null || runOrNull.equals(event.runOrNull()))
                && (types.isEmpty() || types.stream().anyMatch(type -> isType(type, event.type())));
    }

    private static boolean isType(String wanted, String type) {
        return wanted.endsWith("*")
                ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                : wanted.equals(type);
    }
}
