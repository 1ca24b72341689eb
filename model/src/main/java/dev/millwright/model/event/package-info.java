/// Facts in the journal of a namespace, as followers and event rules see them. Start reading at
/// [Event].
@NullMarked
package dev.millwright.model.event;

import org.jspecify.annotations.NullMarked;
