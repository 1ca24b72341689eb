/// The web server itself: sockets, threads, limits, and the way between HTTP and the route table.
/// Start reading at [HttpListener].
@NullMarked
package dev.millwright.server.web.http;

import org.jspecify.annotations.NullMarked;
