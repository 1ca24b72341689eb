/// What plugins for forges have in common; each carries it in its jar. Start reading at
/// [dev.millwright.forgekit.hook.HookRules] and [dev.millwright.forgekit.status.ForgeProvider].
@NullMarked
package dev.millwright.forgekit;

import org.jspecify.annotations.NullMarked;
