/// Turn requests of the outside world into runs. Start reading at [WebhookTrigger].
@NullMarked
package dev.millwright.plugin.webhook;

import org.jspecify.annotations.NullMarked;
