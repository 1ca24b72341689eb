/// Tests of the HTTP API on a whole server, over real sockets. Start reading at [ApiServer].
@NullMarked
package dev.millwright.server.web;

import org.jspecify.annotations.NullMarked;
