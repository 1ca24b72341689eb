/// Requests that are sent again with the same key: one effect, the same answer. Start reading at
/// [RepeatedRequests].
@NullMarked
package dev.millwright.server.web.repeat;

import org.jspecify.annotations.NullMarked;
