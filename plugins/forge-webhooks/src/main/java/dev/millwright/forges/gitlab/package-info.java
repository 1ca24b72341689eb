/// GitLab. Start reading at [GitlabTrigger].
@NullMarked
package dev.millwright.forges.gitlab;

import org.jspecify.annotations.NullMarked;
