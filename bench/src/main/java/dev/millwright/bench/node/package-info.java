/// Many light nodes in one process, which speak to a server as real ones do and carry nothing out.
/// Start reading at [Crowd].
@NullMarked
package dev.millwright.bench.node;

import org.jspecify.annotations.NullMarked;
