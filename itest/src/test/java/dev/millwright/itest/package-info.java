/// Whole-system tests: real server processes, real steps, real kills. Start reading at
/// [KilledServerIT].
@NullMarked
package dev.millwright.itest;

import org.jspecify.annotations.NullMarked;
