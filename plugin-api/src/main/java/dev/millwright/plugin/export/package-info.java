/// Tell other systems about runs. Start reading at [Exporter].
@NullMarked
package dev.millwright.plugin.export;

import org.jspecify.annotations.NullMarked;
