/// Records of the API about plugins. Start reading at [PluginView].
@NullMarked
package dev.millwright.api.plugin;

import org.jspecify.annotations.NullMarked;
