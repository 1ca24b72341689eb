package dev.millwright.model.plan;

import org.jspecify.annotations.Nullable;

/// Where a declared output comes from: a whole file of the workspace, or the first group of a
/// regular expression over it. Outputs written to `$MILLWRIGHT_OUTPUT` need no declaration.
///
/// @param name how later steps refer to it
/// @param file path relative to the step's directory; must stay inside the workspace
/// @param regexOrNull RE2 expression; its first group, or else the whole match, is the value
public record OutputSource(String name, String file, @Nullable String regexOrNull) {}
