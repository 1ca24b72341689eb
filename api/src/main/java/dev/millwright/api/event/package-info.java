/// The journal as it travels: one fact after the other, in order. Start reading at [EventView].
@NullMarked
package dev.millwright.api.event;

import org.jspecify.annotations.NullMarked;
