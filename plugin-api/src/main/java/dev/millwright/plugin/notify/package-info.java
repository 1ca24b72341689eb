/// Tell people about runs. Start reading at [Notifier].
@NullMarked
package dev.millwright.plugin.notify;

import org.jspecify.annotations.NullMarked;
