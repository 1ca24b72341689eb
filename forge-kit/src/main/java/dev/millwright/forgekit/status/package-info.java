/// Shows beside commits how their runs stand. Start reading at [ForgeProvider].
@NullMarked
package dev.millwright.forgekit.status;

import org.jspecify.annotations.NullMarked;
