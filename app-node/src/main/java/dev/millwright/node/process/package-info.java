/// Start, stop and find again the processes of steps and of tools such as git. Start reading at
/// [ProcessRunner]; tools run through [Command].
@NullMarked
package dev.millwright.node.process;

import org.jspecify.annotations.NullMarked;
