/// Exporters: what administrators declare. Start reading at
/// [dev.millwright.server.export.Exporters].
@NullMarked
package dev.millwright.server.export;

import org.jspecify.annotations.NullMarked;
