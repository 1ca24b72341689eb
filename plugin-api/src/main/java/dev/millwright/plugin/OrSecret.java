package dev.millwright.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says of texts in a configuration record that each of them may also be a secret of a store,
/// `from_secret: STORE/PATH#KEY`: the plugin gets the value and cannot tell the two apart, so it
/// prints none of them. Stands on a [String], an [java.util.Optional] of one, or a [java.util.Map]
/// with strings as values. What has to be a secret is a [Secret].
///
/// ```java
/// record Service(@OrSecret Map<String, String> environment) {}
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Stability(Stability.Level.EVOLVING)
public @interface OrSecret {}
