/// Step output as exact bytes with a time and a severity for every line. Start reading at
/// [LogChunk].
@NullMarked
package dev.millwright.model.log;

import org.jspecify.annotations.NullMarked;
