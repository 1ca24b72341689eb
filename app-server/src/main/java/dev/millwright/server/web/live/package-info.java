/// Live streams: the events of a run, the journal, and logs, as server-sent events and WebSocket.
/// Start reading at [LiveStreams].
@NullMarked
package dev.millwright.server.web.live;

import org.jspecify.annotations.NullMarked;
