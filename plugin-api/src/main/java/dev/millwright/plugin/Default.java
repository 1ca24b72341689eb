package dev.millwright.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a component of a configuration record when the user writes none, in the form that a
/// user would write. A component without it is required, except `Optional`, `List`, `Set` and
/// `Map`, which are empty, and records whose components all have defaults.
///
/// ```java
/// record Settings(@Default("30s") Duration timeout, @Default("true") boolean verify) {}
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Stability(Stability.Level.STABLE)
public @interface Default {
    String value();
}
