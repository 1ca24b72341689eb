/// Talk back to where a repository lives. Start reading at [ScmProvider].
@NullMarked
package dev.millwright.plugin.scm;

import org.jspecify.annotations.NullMarked;
