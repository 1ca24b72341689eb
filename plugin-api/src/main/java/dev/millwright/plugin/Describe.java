package dev.millwright.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One sentence on a configuration record or one of its components, for the JSON Schema and
/// `millwright plugin list`.
///
/// ```java
/// @Describe("Where pages are sent.")
/// record Settings(@Describe("Address of the service.") URI url) {}
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
@Stability(Stability.Level.STABLE)
public @interface Describe {
    String value();
}
