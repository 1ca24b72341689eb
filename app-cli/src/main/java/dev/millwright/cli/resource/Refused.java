package dev.millwright.cli.resource;

import dev.millwright.api.ApiException;
import dev.millwright.api.Problem;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks about a text and tells in the words of its files what the server finds wrong with all of
/// it, as when it is not YAML.
final class Refused {
    private Refused() {}

    /// The server's answer; empty when it refused the text and the problems are printed.
    static Optional<List<ApplyResult.Item>> items(
            Terminal terminal, Bundle files, Supplier<ApplyResult> question) {
        try {
            return Optional.of(question.get().items());
        } catch (ApiException refused) {
            List<Problem.Violation> violations =
                    refused.problem().map(Problem::errors).orElse(List.of());
            if (violations.isEmpty() || !violations.stream().allMatch(Refused::isAboutTheText)) {
                throw refused;
            }
            violations.stream().distinct().forEach(one -> tell(terminal, files, one));
            return Optional.empty();
        }
    }

    /// Others are about a parameter, whose name has no slash.
    private static boolean isAboutTheText(Problem.Violation violation) {
        return violation.pointer().isEmpty() || violation.pointer().startsWith("/");
    }

    private static void tell(Terminal terminal, Bundle files, Problem.Violation violation) {
        String message = files.named(violation.message());
        if (message.equals(violation.message())) {
            Applied.fault(
                    terminal,
                    files,
                    new ApplyResult.Fault(
                            violation.pointer(),
                            message,
                            "",
                            violation.line(),
                            violation.column()));
        } else {
            terminal.note(message);
        }
    }
}
