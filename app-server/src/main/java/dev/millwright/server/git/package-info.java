/// Look into repositories without a work tree: pin a commit, read its pipeline files, list what
/// changed. Start reading at [PipelineFiles].
@NullMarked
package dev.millwright.server.git;

import org.jspecify.annotations.NullMarked;
