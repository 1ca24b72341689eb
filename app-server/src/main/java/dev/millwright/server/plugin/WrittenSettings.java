package dev.millwright.server.plugin;

import dev.millwright.engine.binding.BindingProblem;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.Extensions;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.Extension;
import dev.millwright.server.resource.Kind;
import dev.millwright.server.resource.ResourceProblem;
import dev.millwright.server.resource.Resources;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds what resources write for plugins, such as `with` of a pipeline's hook, against what these
/// want to know. What is not installed yet checks nothing. Called from any thread.
public record WrittenSettings(Extensions extensions) implements Kind.Validator {
    private static final Logger log = LoggerFactory.getLogger(WrittenSettings.class);
    private static final Duration CHECK = Duration.ofSeconds(5);

    @Override
    public List<ResourceProblem> problems(Resource resource, Parameters spec) {
        return switch (resource.kind()) {
            case "Pipeline" ->
                    Stream.concat(
                                    each("hooks", Point.WEBHOOK, spec),
                                    each("polls", Point.POLL, spec))
                            .toList();
            case Resources.EXPORTER -> problems(Point.EXPORTER, "/with", spec.values()).toList();
            case Resources.FORGE -> problems(Point.SCM, "/with", spec.values()).toList();
            case Resources.NOTIFIER -> problems(Point.NOTIFIER, "/with", spec.values()).toList();
            case Resources.SECRET_STORE ->
                    problems(Point.SECRET_STORE, "/with", spec.values()).toList();
            default -> List.of();
        };
    }

    private <T extends Extension<?>> Stream<ResourceProblem> each(
            String key, Point<T> point, Parameters spec) {
        if (!(spec.values().get(key) instanceof List<?> owners)) {
            return Stream.of();
        }
        return IntStream.range(0, owners.size())
                .boxed()
                .flatMap(index ->
                        owners.get(index) instanceof Map<?, ?> owner
                                ? problems(point, "/%s/%d/with".formatted(key, index), owner)
                                : Stream.of());
    }

    /// @param owner holds `type`, and `with` at the pointer
    private <T extends Extension<?>> Stream<ResourceProblem> problems(
            Point<T> point, String pointer, Map<?, ?> owner) {
        @Nullable Object written = owner.get("with");
        if (written != null && !(written instanceof Map<?, ?>)) {
            return Stream.of();
        }
        return extensions
                .find(point, String.valueOf(owner.get("type")))
                .map(use -> check(use, parameters(written), secrets(point)))
                .orElse(List.of())
                .stream()
                .map(wrong -> ResourceProblem.at(pointer + wrong.pointer(), wrong.message()));
    }

    /// What a store of secrets needs to know itself does not come out of a store.
    private static SecretSource secrets(Point<?> point) {
        return point.equals(Point.SECRET_STORE) ? Optional::of : SecretSource.UNRESOLVED;
    }

    /// The record of a plugin may check itself, which is the plugin's code.
    private static <T extends Extension<?>> List<BindingProblem> check(
            Use<T> use, Parameters written, SecretSource secrets) {
        try {
            return use.call(
                    "configuration",
                    CHECK,
                    extension ->
                            RecordBinder.problems(extension.configuration(), written, secrets));
        } catch (PluginCallException failed) {
            log.warn("the settings for '{}' are not checked: {}", use.kind(), failed.getMessage());
            return List.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Parameters parameters(@Nullable Object written) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (written instanceof Map<?, ?> map) {
            map.forEach((key, value) -> values.put(String.valueOf(key), value));
        }
        return new Parameters(values);
    }
}
