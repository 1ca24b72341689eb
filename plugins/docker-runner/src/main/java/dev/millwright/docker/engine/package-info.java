/// The way to the container engine of the machine: questions to it, output of containers, signals,
/// and the removal of what is left. Start reading at [Engine].
@NullMarked
package dev.millwright.docker.engine;

import org.jspecify.annotations.NullMarked;
