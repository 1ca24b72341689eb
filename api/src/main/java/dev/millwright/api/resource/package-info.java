/// Resources as they travel, and what applying them did; a component that may be missing is
/// nullable. Start reading at [ResourceDocument].
@NullMarked
package dev.millwright.api.resource;

import org.jspecify.annotations.NullMarked;
