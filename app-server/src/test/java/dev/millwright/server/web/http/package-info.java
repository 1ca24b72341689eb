/// Tests of the web server over real sockets. Start reading at [HttpListenerTest].
@NullMarked
package dev.millwright.server.web.http;

import org.jspecify.annotations.NullMarked;
