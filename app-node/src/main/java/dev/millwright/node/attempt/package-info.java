/// The folder of one attempt: journal, end, stop request and published outputs. Start reading at
/// [AttemptFolder].
@NullMarked
package dev.millwright.node.attempt;

import org.jspecify.annotations.NullMarked;
