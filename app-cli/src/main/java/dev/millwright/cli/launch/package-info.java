/// The only place of the command line that starts processes or listens for their signals. Start
/// reading at [dev.millwright.cli.launch.Launcher] and [dev.millwright.cli.launch.Tool].
@NullMarked
package dev.millwright.cli.launch;

import org.jspecify.annotations.NullMarked;
