/// Read pipeline files of other systems. Start reading at [PipelineFormat].
@NullMarked
package dev.millwright.plugin.format;

import org.jspecify.annotations.NullMarked;
