package dev.millwright.model.plan;

/// Runs of one group go one at a time, oldest first.
///
/// @param group name of the group, references already resolved
/// @param cancelPrevious whether a new run cancels the older ones instead of waiting for them
public record Concurrency(String group, boolean cancelPrevious) {}
