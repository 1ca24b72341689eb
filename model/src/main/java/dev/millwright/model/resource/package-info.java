/// Named objects that users write in YAML: kind, metadata and a free-form spec. Start reading at
/// [Resource].
@NullMarked
package dev.millwright.model.resource;

import org.jspecify.annotations.NullMarked;
