/// The JSON Schema of pipeline files, made from the table of keys that the reader uses.
/// Start reading at [PipelineSchema].
@NullMarked
package dev.millwright.engine.schema;

import org.jspecify.annotations.NullMarked;
