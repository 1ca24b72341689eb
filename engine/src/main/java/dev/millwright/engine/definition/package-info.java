/// Pipelines as their authors wrote them, typed and free of mistakes that a file alone can show.
/// Start reading at [PipelineDefinition].
@NullMarked
package dev.millwright.engine.definition;

import org.jspecify.annotations.NullMarked;
