/// The plugins of this server: where they are, and what its own node gets of them. Start reading at
/// [dev.millwright.server.plugin.ServerPlugins].
@NullMarked
package dev.millwright.server.plugin;

import org.jspecify.annotations.NullMarked;
