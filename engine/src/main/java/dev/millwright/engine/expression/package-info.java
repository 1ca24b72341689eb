/// Conditions and references: sandboxed expressions, globs, and `${...}` in values. Start reading
/// at [CelConditions] and [References].
@NullMarked
package dev.millwright.engine.expression;

import org.jspecify.annotations.NullMarked;
