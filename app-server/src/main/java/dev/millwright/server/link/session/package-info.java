/// One connected node after the other: what is said on its stream, in which order, and how much of
/// it may wait. Start reading at [NodeSession].
@NullMarked
package dev.millwright.server.link.session;

import org.jspecify.annotations.NullMarked;
