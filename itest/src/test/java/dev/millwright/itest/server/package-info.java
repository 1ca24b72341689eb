/// One server that is killed, or loses its database, its queue or whom it tells about runs. Start
/// reading at [KillPoints].
@NullMarked
package dev.millwright.itest.server;

import org.jspecify.annotations.NullMarked;
