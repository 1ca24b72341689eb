/// Plugins: what a server has, putting one there, taking one away, and beginning a new one. Start
/// reading at [dev.millwright.cli.plugin.PluginCommand].
@NullMarked
package dev.millwright.cli.plugin;

import org.jspecify.annotations.NullMarked;
