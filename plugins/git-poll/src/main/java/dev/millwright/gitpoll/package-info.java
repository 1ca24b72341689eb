/// Looks for new commits, branches and tags in Git repositories. Start reading at [GitTrigger].
@NullMarked
package dev.millwright.gitpoll;

import org.jspecify.annotations.NullMarked;
