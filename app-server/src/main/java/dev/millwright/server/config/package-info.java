/// The server's configuration: one table of keys, set by file, environment or flag. Start reading
/// at [dev.millwright.server.config.ServerConfig].
@NullMarked
package dev.millwright.server.config;

import org.jspecify.annotations.NullMarked;
