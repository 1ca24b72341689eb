package dev.millwright.server.web.route;

import dev.millwright.server.access.Identity;
import java.util.Optional;

/// Tells who shows a key; empty when nobody should.
@FunctionalInterface
public interface KeyCheck {
    Optional<Identity> of(String shown);
}
