package dev.millwright.server.web;

import dev.millwright.model.MillwrightException;
import dev.millwright.server.delivery.DeliveryException;
import dev.millwright.server.link.LinkRefusal;
import dev.millwright.server.resource.ResourceException;
import dev.millwright.server.run.RunException;
import dev.millwright.server.store.StaleRevisionException;
import dev.millwright.server.store.StoreException;
import dev.millwright.server.store.StoreUnavailableException;
import dev.millwright.server.web.route.ProblemCases;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import java.util.Optional;

/// Says what the exceptions of the domain mean to a caller.
final class DomainProblems implements ProblemCases {
    @Override
    public Optional<ProblemException> of(RuntimeException exception) {
        String message = exception.getMessage() == null ? "" : exception.getMessage();
        return switch (exception) {
            case StoreUnavailableException _ ->
                    Optional.of(
                            ProblemException.of(
                                            ProblemType.UNAVAILABLE,
                                            "the database does not answer; try again")
                                    .withHeader("Retry-After", "2"));
            case StaleRevisionException _ -> problem(ProblemType.CONFLICT, message);
            case StoreException _ -> Optional.empty();
            case RunException run ->
                    problem(
                            switch (run.kind()) {
                                case NOT_FOUND -> ProblemType.NOT_FOUND;
                                case CONFLICT -> ProblemType.CONFLICT;
                            },
                            message);
            case DeliveryException _, ResourceException _, LinkRefusal _ ->
                    problem(ProblemType.INVALID_REQUEST, message);
            // What callers wrote could not be understood: ids, paths, selectors.
            case MillwrightException _
                    when exception.getCause() instanceof IllegalArgumentException ->
                    problem(ProblemType.INVALID_REQUEST, message);
            default -> Optional.empty();
        };
    }

    private static Optional<ProblemException> problem(ProblemType type, String message) {
        return Optional.of(ProblemException.of(type, message));
    }
}
