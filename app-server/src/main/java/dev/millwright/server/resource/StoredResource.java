package dev.millwright.server.resource;

import dev.millwright.model.resource.Resource;
import java.time.Instant;

/// A resource and what the server noted about it.
///
/// @param origin where it came from: `api`, or the address of a configuration source
public record StoredResource(
        Resource resource, String origin, Instant createdAt, Instant updatedAt) {}
