/// The least that any correct system has to do, measured on this machine. Start reading at
/// [Floors].
@NullMarked
package dev.millwright.bench.floor;

import org.jspecify.annotations.NullMarked;
