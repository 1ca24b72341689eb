/// Commands that look into what a server does: events, deliveries, the queue. Start reading at
/// [dev.millwright.cli.journal.EventsCommand].
@NullMarked
package dev.millwright.cli.journal;

import org.jspecify.annotations.NullMarked;
