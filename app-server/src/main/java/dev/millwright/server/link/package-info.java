/// The gRPC port on which nodes come in: who may call what, and what a connection may cost. Start
/// reading at [LinkServer].
@NullMarked
package dev.millwright.server.link;

import org.jspecify.annotations.NullMarked;
