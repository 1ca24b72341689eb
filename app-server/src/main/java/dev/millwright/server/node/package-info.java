/// Nodes as the server sees them: what each offers, and which one takes a leaf. Start reading at
/// [Fleet].
@NullMarked
package dev.millwright.server.node;

import org.jspecify.annotations.NullMarked;
