/// The command `millwright bench`: measures Millwright against its goals and prints a table. Start
/// reading at [BenchMain].
@NullMarked
package dev.millwright.bench;

import org.jspecify.annotations.NullMarked;
