/// Tells systems outside about runs, later and again until they have it: a row for each thing to
/// tell is written with the change itself. Start reading at [dev.millwright.server.outbox.Outbox].
@NullMarked
package dev.millwright.server.outbox;

import org.jspecify.annotations.NullMarked;
