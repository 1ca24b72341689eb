/// By which rules webhooks of forges start runs. Start reading at [HookRules]; each forge reads its
/// payloads as a [PushEvent] and a [PullRequestEvent].
@NullMarked
package dev.millwright.forgekit.hook;

import org.jspecify.annotations.NullMarked;
