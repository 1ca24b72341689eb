package dev.millwright.cli.command;

import dev.millwright.api.ApiException;
import dev.millwright.api.Problem;
import dev.millwright.cli.tree.StepSearchException;
import dev.millwright.model.MillwrightException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;

/// What people are told when a command cannot go on: one clear sentence and what to do.
///
/// @param exitCode see [ExitCode]
/// @param hint what to do; may be empty
public record Failures(int exitCode, String message, String hint) {

    public static Failures of(Throwable problem) {
        return switch (problem) {
            case CliException own -> new Failures(own.exitCode(), text(own), "");
            case ApiException refused -> refused(refused);
            case StepSearchException step ->
                    new Failures(
                            step.isMissing() ? ExitCode.NOT_FOUND : ExitCode.USAGE, text(step), "");
            case MillwrightException known -> new Failures(ExitCode.USAGE, text(known), "");
            case NoSuchFileException gone ->
                    new Failures(ExitCode.NOT_FOUND, "no such file: " + gone.getFile(), "");
            case UncheckedIOException io when io.getCause() != null -> of(io.getCause());
            case IOException io -> new Failures(ExitCode.USAGE, text(io), "");
            default ->
                    new Failures(
                            ExitCode.SERVER,
                            "this should not happen: " + problem,
                            "run it again with --debug and report what it prints");
        };
    }

    private static Failures refused(ApiException problem) {
        String message = problem.problem().map(Failures::text).orElseGet(() -> text(problem));
        return switch (problem.status()) {
            case 0 ->
                    new Failures(
                            ExitCode.SERVER,
                            message,
                            "is the server running? start one with: millwright up;"
                                    + " or name another: --server URL");
            case 401 ->
                    new Failures(
                            ExitCode.NOT_ALLOWED,
                            // What to send over HTTP is nothing that is done here.
                            message.contains("Authorization:") ? "the server wants a key" : message,
                            "give one: --key KEY, or MILLWRIGHT_KEY=$(cat DATA-DIR/admin.key); for a"
                                    + " server on this machine that is the data directory that"
                                    + " 'millwright up' printed");
            case 403 -> new Failures(ExitCode.NOT_ALLOWED, message, "");
            case 404 -> new Failures(ExitCode.NOT_FOUND, message, "");
            case 429, 503 ->
                    new Failures(ExitCode.SERVER, message, "the server is busy; try again later");
            default ->
                    problem.status() >= 500
                            ? new Failures(ExitCode.SERVER, message, trace(problem))
                            : new Failures(ExitCode.USAGE, message, "");
        };
    }

    /// What is wrong, and below it each thing that it does not say already.
    private static String text(Problem problem) {
        String head = problem.detail().isEmpty() ? problem.title() : problem.detail();
        StringBuilder text = new StringBuilder(head);
        for (Problem.Violation violation : problem.errors()) {
            if (!head.contains(violation.message())) {
                String place = violation.pointer();
                text.append("\n  ")
                        .append(place.isEmpty() ? "" : place + ": ")
                        .append(violation.message());
            }
        }
        return text.toString();
    }

    private static String trace(ApiException problem) {
        return problem.problem()
                .map(document -> document.traceId())
                .filter(trace -> trace != null && !trace.isEmpty())
                .map(trace -> "look for " + trace + " in the server's log")
                .orElse("");
    }

    private static String text(Throwable problem) {
        String message = problem.getMessage();
        return message == null || message.isBlank() ? problem.toString() : message;
    }
}
