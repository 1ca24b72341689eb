/// The plugins that come with Millwright, in servers of their own. Start reading at [GithubHookIT].
@NullMarked
package dev.millwright.itest.plugin;

import org.jspecify.annotations.NullMarked;
