/// The servers that share one database: who is there, and who is gone. Start reading at [Servers].
@NullMarked
package dev.millwright.server.cluster;

import org.jspecify.annotations.NullMarked;
