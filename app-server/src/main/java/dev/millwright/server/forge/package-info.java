/// Shows the state of runs beside the commits that they are about. Start reading at
/// [dev.millwright.server.forge.Forges].
@NullMarked
package dev.millwright.server.forge;

import org.jspecify.annotations.NullMarked;
