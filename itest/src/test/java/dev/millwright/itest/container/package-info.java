/// Steps in containers: a server with the built plugin and a real engine. Start reading at
/// [ContainerIT].
@NullMarked
package dev.millwright.itest.container;

import org.jspecify.annotations.NullMarked;
