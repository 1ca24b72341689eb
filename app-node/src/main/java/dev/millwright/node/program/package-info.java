/// The program that runs on a machine of its own and makes it a node. Start reading at
/// [AgentProgram].
@NullMarked
package dev.millwright.node.program;

import org.jspecify.annotations.NullMarked;
