/// The HTTP API: each `...Routes` class holds the routes of one area and what they do. Start
/// reading at [WebServer], then [ApiRoutes].
@NullMarked
package dev.millwright.server.web;

import org.jspecify.annotations.NullMarked;
