/// Gitea and Forgejo, which say the same. Start reading at [GiteaTrigger].
@NullMarked
package dev.millwright.forges.gitea;

import org.jspecify.annotations.NullMarked;
