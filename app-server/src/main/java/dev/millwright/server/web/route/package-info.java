/// Routes as data, and the way of a request through them: match, check, call, answer. Start reading
/// at [Route], then [Router].
@NullMarked
package dev.millwright.server.web.route;

import org.jspecify.annotations.NullMarked;
