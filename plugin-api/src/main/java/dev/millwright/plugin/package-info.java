/// What every extension point has in common, and all that a plugin author sees of Millwright. Start
/// reading at [Extension], then at the point that you want to extend.
@NullMarked
package dev.millwright.plugin;

import org.jspecify.annotations.NullMarked;
