/// The node agent: takes attempts, and finds them again after a restart. Start reading at
/// [NodeAgent].
@NullMarked
package dev.millwright.node.agent;

import org.jspecify.annotations.NullMarked;
