package dev.millwright.server.web.route;

/// Answer a call whose access, parameters and media types are checked. Runs on a virtual thread and
/// may block; says no by throwing [ProblemException] or one of the exceptions that [ProblemCases]
/// knows.
@FunctionalInterface
public interface Handler {
    Answer handle(Call call);
}
