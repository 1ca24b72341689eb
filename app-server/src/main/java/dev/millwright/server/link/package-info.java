/// The gRPC port on which nodes come in. Start reading at [LinkAuthority].
@NullMarked
package dev.millwright.server.link;

import org.jspecify.annotations.NullMarked;
