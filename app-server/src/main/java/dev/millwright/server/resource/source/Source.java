package dev.millwright.server.resource.source;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// A place where resources stand. Used by one thread.
interface Source {
    /// What the resources from here carry as their origin.
    String origin();

    /// All texts by their names, or empty when nothing can be said yet. Throws when the place
    /// cannot be read, with a message for people.
    Optional<Map<String, String>> read() throws IOException, InterruptedException;
}
