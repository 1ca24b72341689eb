/// Databases as full as after years: copies of real runs. Start reading at [HistoryCopies].
@NullMarked
package dev.millwright.bench.history;

import org.jspecify.annotations.NullMarked;
