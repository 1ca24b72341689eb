/// Durable wake-ups: what must be looked at soon, even after a crash; the only package that knows
/// JobRunr. Start reading at [JobQueue].
@NullMarked
package dev.millwright.server.queue;

import org.jspecify.annotations.NullMarked;
