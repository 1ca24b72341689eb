/// Follow the output files of a step and cut them into chunks. Start reading at [LogTail].
@NullMarked
package dev.millwright.node.log;

import org.jspecify.annotations.NullMarked;
