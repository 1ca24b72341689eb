/// Samples, waiting, and figures with their goals and floors. Start reading at [Figure].
@NullMarked
package dev.millwright.bench.measure;

import org.jspecify.annotations.NullMarked;
