/// Carry out steps in containers of Docker or Podman. Start reading at [DockerRunner].
@NullMarked
package dev.millwright.docker;

import org.jspecify.annotations.NullMarked;
