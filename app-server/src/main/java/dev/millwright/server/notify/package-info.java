/// Tells people of runs: what administrators declare as `Notifier`. Start reading at
/// [dev.millwright.server.notify.Notifiers].
@NullMarked
package dev.millwright.server.notify;

import org.jspecify.annotations.NullMarked;
