/// Webhooks of GitLab, Gitea, Forgejo and Bitbucket, and the statuses of their commits. Start
/// reading at [ForgeTrigger]; each forge has a package of its own.
@NullMarked
package dev.millwright.forges;

import org.jspecify.annotations.NullMarked;
