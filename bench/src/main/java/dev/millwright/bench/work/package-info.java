/// What is measured, one class each. Start reading at [Benchmark].
@NullMarked
package dev.millwright.bench.work;

import org.jspecify.annotations.NullMarked;
