/// Pipeline files of other systems, read by plugins. Start reading at
/// [dev.millwright.host.format.FileFormats].
@NullMarked
package dev.millwright.host.format;

import org.jspecify.annotations.NullMarked;
