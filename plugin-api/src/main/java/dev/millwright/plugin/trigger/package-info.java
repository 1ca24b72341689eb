/// What triggers have in common: the pipeline they belong to, and what they ask for. Start reading
/// at [RunRequest].
@NullMarked
package dev.millwright.plugin.trigger;

import org.jspecify.annotations.NullMarked;
