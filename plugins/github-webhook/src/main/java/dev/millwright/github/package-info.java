/// Understands the webhooks of GitHub and shows beside its commits how their runs stand. Start
/// reading at [GithubTrigger] and [GithubForge].
@NullMarked
package dev.millwright.github;

import org.jspecify.annotations.NullMarked;
