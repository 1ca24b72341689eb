package dev.millwright.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tell how long a type of the plugin API can be relied on. Immutable, usable from any thread; it
/// has no effect on how anything runs.
///
/// Sealed results (`Verification`, `Interpretation`, ...) may get further cases within a major
/// version: plugins make them and do not take them apart.
///
/// ```java
/// @Stability(Stability.Level.STABLE)
/// public interface Exporter<C extends Record> extends Extension<C> {
///     Sent export(Export export, C configuration) throws InterruptedException;
/// }
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Stability {
    Level value();

    /// How long.
    enum Level {
        /// Works unchanged, as source and as class file, until the next major version.
        STABLE,
        /// May get further methods with a default in each version; what is there keeps working.
        EVOLVING,
        /// May change or go in each version.
        EXPERIMENTAL
    }
}
