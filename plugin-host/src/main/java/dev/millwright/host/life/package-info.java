/// One plugin from its first class to its last call. Start reading at
/// [dev.millwright.host.life.LoadedPlugin].
@NullMarked
package dev.millwright.host.life;

import org.jspecify.annotations.NullMarked;
