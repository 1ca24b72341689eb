/// One server and agents: with all in order, killed, cut off, or out of disk. Start reading at
/// [AgentsIT].
@NullMarked
package dev.millwright.itest.node;

import org.jspecify.annotations.NullMarked;
