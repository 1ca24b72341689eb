package dev.millwright.engine.binding;

import dev.millwright.engine.schema.Suggestions;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Default;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills a record from a tree of plain values, by the names of its components; the rules stand in
/// [dev.millwright.plugin.Extension#configuration()].
public final class RecordBinder {
    private final List<BindingProblem> problems = new ArrayList<>();
    private final ValueReader values;

    private RecordBinder(SecretSource secrets) {
        this.values = new ValueReader(this, secrets);
    }

    /// Throws [BindingException] with all that is wrong. Which types a record may have is checked
    /// here too: [IllegalArgumentException] is the plugin's fault, not the user's.
    public static <C extends Record> C bind(
            Class<C> type, Parameters written, SecretSource secrets) {
        if (type == Parameters.class) {
            return type.cast(written);
        }
        RecordBinder binder = new RecordBinder(secrets);
        @Nullable Object bound = binder.record(type, written.values(), "");
        if (bound == null || !binder.problems.isEmpty()) {
            throw new BindingException(binder.problems);
        }
        return type.cast(bound);
    }

    /// What is wrong with a configuration, without looking any secret up.
    public static List<BindingProblem> problems(Class<? extends Record> type, Parameters written) {
        return problems(type, written, SecretSource.UNRESOLVED);
    }

    /// The same with a source that says which secrets there may be.
    public static List<BindingProblem> problems(
            Class<? extends Record> type, Parameters written, SecretSource secrets) {
        try {
            var _ = bind(type, written, secrets);
            return List.of();
        } catch (BindingException wrong) {
            return wrong.problems();
        }
    }

    void problem(String pointer, String message) {
        problems.add(new BindingProblem(pointer, message));
    }

    /// Null when it could not be made; then there is a problem.
    @Nullable Object record(Class<?> type, Map<?, ?> written, String pointer) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
        int before = problems.size();
        for (Object key : written.keySet()) {
            if (!names.contains(String.valueOf(key))) {
                String hint = Suggestions.didYouMean(String.valueOf(key), names);
                problem(
                        pointer + "/" + key,
                        "unknown key '%s'; %s"
                                .formatted(
                                        key,
                                        hint.isEmpty()
                                                ? "known are " + String.join(", ", names)
                                                : hint));
            }
        }
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = component(components[i], written, pointer);
        }
        return problems.size() > before ? null : create(type, components, arguments, pointer);
    }

    private @Nullable Object component(
            RecordComponent component, Map<?, ?> written, String pointer) {
        String name = component.getName();
        String place = pointer + "/" + name;
        @Nullable Object given = written.get(name);
        if (given != null) {
            @Nullable Object meant =
                    StoredSecrets.mayStandFor(component) ? values.revealed(given, place) : given;
            return meant == null ? null : values.read(component.getGenericType(), meant, place);
        }
        @Nullable Default fallback = component.getAnnotation(Default.class);
        if (fallback != null) {
            return values.fallback(component.getGenericType(), fallback.value(), place);
        }
        @Nullable Object empty = values.empty(component.getGenericType(), place);
        if (empty == null) {
            problem(place, "'%s' is missing".formatted(name));
        }
        return empty;
    }

    private @Nullable Object create(
            Class<?> type,
            RecordComponent[] components,
            @Nullable Object[] arguments,
            String pointer) {
        try {
            Constructor<?> constructor =
                    type.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            String message = cause.getMessage();
            boolean told = cause instanceof IllegalArgumentException && message != null;
            problem(pointer, told && message != null ? message : "refused: " + cause);
            return null;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalArgumentException(
                    "the record %s cannot be made".formatted(type.getName()), impossible);
        }
    }
}
