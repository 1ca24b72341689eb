/// The journal of events and the feed that hands each of them to followers, once and in order.
/// Start reading at [Journal], then [EventFeed].
@NullMarked
package dev.millwright.server.event;

import org.jspecify.annotations.NullMarked;
