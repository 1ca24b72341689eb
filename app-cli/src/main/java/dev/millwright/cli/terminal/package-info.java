/// What the command line knows of the terminal: colours, symbols, widths, tables, times for people.
/// Start reading at [dev.millwright.cli.terminal.Terminal].
@NullMarked
package dev.millwright.cli.terminal;

import org.jspecify.annotations.NullMarked;
