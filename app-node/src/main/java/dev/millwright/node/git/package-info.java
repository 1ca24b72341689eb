/// Keep a bare clone per repository and fill workspaces from it, through the node's own git. Start
/// reading at [GitCache].
@NullMarked
package dev.millwright.node.git;

import org.jspecify.annotations.NullMarked;
