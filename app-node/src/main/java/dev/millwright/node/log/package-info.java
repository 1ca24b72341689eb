/// Follow the output files of a step and cut them into chunks, and keep the values of secrets out
/// of what is shown. Start reading at [LogTail].
@NullMarked
package dev.millwright.node.log;

import org.jspecify.annotations.NullMarked;
