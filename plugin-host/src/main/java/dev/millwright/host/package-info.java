/// Which plugins there are and how their extensions are called. Start reading at
/// [dev.millwright.host.PluginHost].
@NullMarked
package dev.millwright.host;

import org.jspecify.annotations.NullMarked;
