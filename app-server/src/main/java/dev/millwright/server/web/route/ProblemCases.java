package dev.millwright.server.web.route;

import java.util.Optional;

/// Turn exceptions of the domain into problems; empty for what nobody expected.
@FunctionalInterface
public interface ProblemCases {
    Optional<ProblemException> of(RuntimeException exception);
}
