/// The nested steps of a run as people see them: a live tree on a terminal, plain lines elsewhere.
/// Start reading at [dev.millwright.cli.tree.RunProgress].
@NullMarked
package dev.millwright.cli.tree;

import org.jspecify.annotations.NullMarked;
