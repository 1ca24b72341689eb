/// What a plugin's tests need: the built plugin loaded as a server loads it, a suite for each
/// extension point, and things to feed them with. Start reading at
/// [dev.millwright.testkit.PluginUnderTest].
@NullMarked
package dev.millwright.testkit;

import org.jspecify.annotations.NullMarked;
