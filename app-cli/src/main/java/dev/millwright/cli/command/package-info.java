/// What all commands share: options, exit codes, forms of output, and the way to a server. Start
/// reading at [dev.millwright.cli.command.ServerOptions].
@NullMarked
package dev.millwright.cli.command;

import org.jspecify.annotations.NullMarked;
