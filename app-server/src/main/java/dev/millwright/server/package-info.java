/// The control plane: puts the areas together and starts them. Start reading at [ServerMain].
@NullMarked
package dev.millwright.server;

import org.jspecify.annotations.NullMarked;
