/// Carry out attempts on this machine: journal, workspace, process, log, end. Start reading at
/// [dev.millwright.node.agent.NodeAgent], then [Assignment] and [NodeReports].
@NullMarked
package dev.millwright.node;

import org.jspecify.annotations.NullMarked;
