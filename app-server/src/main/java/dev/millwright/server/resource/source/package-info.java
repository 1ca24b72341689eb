/// Keeps resources applied that stand in a directory or at an address, and keeps the last good
/// state when these fail. Start reading at [dev.millwright.server.resource.source.ResourceSources].
@NullMarked
package dev.millwright.server.resource.source;

import org.jspecify.annotations.NullMarked;
