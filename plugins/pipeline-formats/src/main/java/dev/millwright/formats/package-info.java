/// Reads pipeline files of other systems. Start reading at [NarwhalFormat] and [BassFormat].
@NullMarked
package dev.millwright.formats;

import org.jspecify.annotations.NullMarked;
