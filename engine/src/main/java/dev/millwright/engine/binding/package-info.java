/// Fills configuration records of plugins from what users write, and describes them as JSON Schema.
/// Start reading at [dev.millwright.engine.binding.RecordBinder].
@NullMarked
package dev.millwright.engine.binding;

import org.jspecify.annotations.NullMarked;
