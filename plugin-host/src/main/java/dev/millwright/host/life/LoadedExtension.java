package dev.millwright.host.life;

import dev.millwright.engine.binding.RecordSchema;
import dev.millwright.host.use.Point;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Extension;
import dev.millwright.plugin.PluginException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.regex.Pattern;

/// An extension of a plugin.
///
/// @param point the interface that it implements
/// @param schema JSON Schema of its configuration
public record LoadedExtension(
        Point<?> point,
        String kind,
        Class<? extends Record> configuration,
        Parameters schema,
        Extension<?> extension) {
    private static final Pattern KIND = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

    /// Runs the plugin's code.
    static LoadedExtension of(Point<?> point, Class<?> type) {
        Extension<?> made = (Extension<?>) make(type);
        String kind = made.kind();
        if (kind == null || !KIND.matcher(kind).matches()) {
            throw new PluginException(
                    "names its %s '%s', which is not a name of lower-case letters, digits and '-'"
                            .formatted(point.name(), kind));
        }
        Class<? extends Record> configuration = made.configuration();
        // A record that nobody could fill is found now and not by the first user
        Parameters schema = RecordSchema.of(configuration);
        return new LoadedExtension(point, kind, configuration, schema, made);
    }

    private static Object make(Class<?> type) {
        try {
            Constructor<?> constructor = type.getConstructor();
            return constructor.newInstance();
        } catch (InvocationTargetException broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            throw new PluginException(
                    "cannot make its class %s: %s".formatted(type.getName(), cause), cause);
        } catch (ReflectiveOperationException unfit) {
            throw new PluginException(
                    "has a class %s that is not public with a public constructor without parameters"
                            .formatted(type.getName()),
                    unfit);
        }
    }
}
