/// The `millwright` command: which commands there are and how one is carried out. Start reading at
/// [dev.millwright.cli.CliMain].
@NullMarked
package dev.millwright.cli;

import org.jspecify.annotations.NullMarked;
