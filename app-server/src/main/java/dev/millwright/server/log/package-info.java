/// Step logs in compressed chunks with an index by line and by byte. Start reading at [LogStore].
@NullMarked
package dev.millwright.server.log;

import org.jspecify.annotations.NullMarked;
