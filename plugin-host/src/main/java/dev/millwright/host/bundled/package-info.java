/// Files of plugins that are not in use, above all those that come with Millwright. Start reading
/// at [dev.millwright.host.bundled.BundledPlugins].
@NullMarked
package dev.millwright.host.bundled;

import org.jspecify.annotations.NullMarked;
