package dev.millwright.api.run;

import dev.millwright.model.RunId;

/// A request about a run was accepted and will be carried out.
///
/// @param location path of the run below the server's address
public record RunAccepted(RunId run, String location) {}
