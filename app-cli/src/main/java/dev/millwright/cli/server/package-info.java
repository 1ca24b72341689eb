/// Commands that start a server on this machine or look at its configuration. Start reading at
/// [dev.millwright.cli.server.UpCommand].
@NullMarked
package dev.millwright.cli.server;

import org.jspecify.annotations.NullMarked;
