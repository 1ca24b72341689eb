package dev.millwright.server.plugin;

import dev.millwright.engine.schema.Suggestions;
import dev.millwright.host.Extensions;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.resource.ResourceProblem;
import dev.millwright.server.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Tells people which plugin they have to install for what they wrote. Called from any thread.
public record MissingPlugins(Extensions extensions) {
    /// How people call what a point offers.
    private static final Map<Point<?>, String> NAMES =
            Map.of(
                    Point.WEBHOOK, "webhook",
                    Point.POLL, "poll",
                    Point.RUNNER, "runner",
                    Point.EXPORTER, "exporter",
                    Point.NOTIFIER, "notifier",
                    Point.SECRET_STORE, "secret store",
                    Point.FORMAT, "pipeline format",
                    Point.SCM, "forge");

    /// What is wrong while no plugin offers that kind; empty when one does.
    public Optional<String> problem(Point<?> point, String kind) {
        return extensions.find(point, kind).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "no plugin of this server offers the %s '%s'; %s"
                                .formatted(
                                        NAMES.getOrDefault(point, point.name()),
                                        kind,
                                        BundledOffers.plugin(point, kind)
                                                .map(
                                                        "'millwright plugin install %s' does"
                                                                ::formatted)
                                                .orElseGet(() -> whatThereIs(point, kind))));
    }

    private String whatThereIs(Point<?> point, String kind) {
        List<String> builtIn =
                extensions.all(point).stream()
                        .filter(use -> use.origin().equals("built in"))
                        .map(Use::kind)
                        .toList();
        String near =
                Suggestions.didYouMean(
                        kind, extensions.all(point).stream().map(Use::kind).toList());
        return Stream.of(
                        builtIn.isEmpty() ? "" : "built in are " + String.join(", ", builtIn),
                        near.isEmpty() ? "'millwright plugin list' tells what there is" : near)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /// What keeps an applied resource from working yet. Its pointers are those of the document.
    public List<ResourceProblem> hints(Resource resource) {
        Map<String, Object> spec = resource.spec().values();
        return switch (resource.kind()) {
            case "Pipeline" ->
                    Stream.concat(
                                    each("hooks", Point.WEBHOOK, spec),
                                    each("polls", Point.POLL, spec))
                            .toList();
            case Resources.EXPORTER -> hint(Point.EXPORTER, "/spec", spec).toList();
            case Resources.FORGE -> hint(Point.SCM, "/spec", spec).toList();
            case Resources.NOTIFIER -> hint(Point.NOTIFIER, "/spec", spec).toList();
            case Resources.SECRET_STORE -> hint(Point.SECRET_STORE, "/spec", spec).toList();
            default -> List.of();
        };
    }

    private Stream<ResourceProblem> each(String key, Point<?> point, Map<String, Object> spec) {
        return spec.get(key) instanceof List<?> owners
                ? IntStream.range(0, owners.size())
                        .boxed()
                        .flatMap(index ->
                                owners.get(index) instanceof Map<?, ?> owner
                                        ? hint(point, "/spec/%s/%d".formatted(key, index), owner)
                                        : Stream.of())
                : Stream.of();
    }

    /// Those without a type are built in.
    private Stream<ResourceProblem> hint(Point<?> point, String pointer, Map<?, ?> owner) {
        return Stream.ofNullable(owner.get("type"))
                .flatMap(type -> problem(point, String.valueOf(type)).stream())
                .map(problem -> ResourceProblem.at(pointer + "/type", problem));
    }
}
