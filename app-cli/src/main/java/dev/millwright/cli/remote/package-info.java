/// Commands about runs on a server: start, follow, look at, stop, repeat. Start reading at
/// [dev.millwright.cli.remote.RunFollower].
@NullMarked
package dev.millwright.cli.remote;

import org.jspecify.annotations.NullMarked;
