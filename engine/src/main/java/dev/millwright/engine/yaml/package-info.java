/// Read pipeline files: limits, YAML with marks, keys, and every problem of a file at once. Start
/// reading at [PipelineReader].
@NullMarked
package dev.millwright.engine.yaml;

import org.jspecify.annotations.NullMarked;
