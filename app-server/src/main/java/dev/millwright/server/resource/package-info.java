/// Named objects that users write: kinds, the store with its revisions, and the files they come
/// from. Start reading at [dev.millwright.server.resource.Resources].
@NullMarked
package dev.millwright.server.resource;

import org.jspecify.annotations.NullMarked;
