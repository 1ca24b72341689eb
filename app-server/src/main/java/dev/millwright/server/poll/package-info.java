/// Looks at the outside world in turns: when which poll of a pipeline is due, who looks, and what
/// is kept of it. Start reading at [dev.millwright.server.poll.Polls].
@NullMarked
package dev.millwright.server.poll;

import org.jspecify.annotations.NullMarked;
