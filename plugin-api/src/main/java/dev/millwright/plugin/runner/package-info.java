/// Carry out leaves on a node: the contract between the node agent and a kind of work. Start
/// reading at [Runner].
@NullMarked
package dev.millwright.plugin.runner;

import org.jspecify.annotations.NullMarked;
