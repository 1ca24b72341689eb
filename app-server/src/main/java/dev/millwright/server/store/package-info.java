/// The one database of a server, embedded or PostgreSQL, and the transactions on it. Start reading
/// at [Database].
@NullMarked
package dev.millwright.server.store;

import org.jspecify.annotations.NullMarked;
