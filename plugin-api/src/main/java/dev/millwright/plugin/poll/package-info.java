/// Look at the outside world in turns and start runs for what is new. Start reading at
/// [PollingTrigger].
@NullMarked
package dev.millwright.plugin.poll;

import org.jspecify.annotations.NullMarked;
