/// Keep one workspace per run, prepared once and deleted when the run is over. Start reading at
/// [Workspaces].
@NullMarked
package dev.millwright.node.workspace;

import org.jspecify.annotations.NullMarked;
