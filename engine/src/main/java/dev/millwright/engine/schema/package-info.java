/// The one table of all keys of pipeline files, and the JSON Schema and reference tables made of
/// it. Start reading at [Forms].
@NullMarked
package dev.millwright.engine.schema;

import org.jspecify.annotations.NullMarked;
