package dev.millwright.cli.remote;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.Page;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.cli.command.CliException;
import dev.millwright.model.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the run that a user means: a whole id, a unique beginning of one, `PIPELINE#NUMBER`,
/// `last` or `PIPELINE#last`.
public final class RunReference {
    static final String FORMS =
            "an id or the beginning of one, PIPELINE#NUMBER, PIPELINE#last, or last";

    private static final Pattern WHOLE =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NUMBERED =
            Pattern.compile("(?:([^/#]+)/)?([^/#]+)#(\\d{1,18}|last)");
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f][-0-9a-f]{3,}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][-_.A-Za-z0-9]*");
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 50;

    private RunReference() {}

    public static RunId find(MillwrightClient client, String namespace, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        Matcher numbered = NUMBERED.matcher(text);
        if (WHOLE.matcher(wanted).matches()) {
            return RunId.parse(wanted);
        }
        if (wanted.equals("last")) {
            return newest(client, RunQuery.ALL.inNamespace(namespace), "there is no run yet");
        }
        if (numbered.matches()) {
            String where = numbered.group(1) == null ? namespace : numbered.group(1);
            return numbered(client, where, numbered.group(2), numbered.group(3));
        }
        if (BEGINNING.matcher(wanted).matches()) {
            return beginning(client, namespace, wanted);
        }
        throw CliException.notFound(
                "there is no run '%s'; %s"
                        .formatted(
                                text,
                                meant(client, namespace, text).orElse("name one by " + FORMS)));
    }

    /// What was perhaps meant by the name of a pipeline.
    private static Optional<String> meant(MillwrightClient client, String namespace, String text) {
        if (!NAME.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var _ = client.resource(namespace, "pipelines", text);
            return Optional.of("did you mean %s#last?".formatted(text));
        } catch (ApiException refused) {
            // Missing, or not to be seen: what is known is said all the same.
            return Optional.empty();
        }
    }

    private static RunId newest(MillwrightClient client, RunQuery query, String none) {
        return client.runs(query.limit(1)).items().stream()
                .findFirst()
                .map(RunSummary::id)
                .orElseThrow(() -> CliException.notFound(none));
    }

    private static RunId numbered(
            MillwrightClient client, String namespace, String pipeline, String number) {
        RunQuery query = RunQuery.ALL.inNamespace(namespace).ofPipeline(pipeline);
        if (number.equals("last")) {
            return newest(
                    client, query, "pipeline %s/%s has no run".formatted(namespace, pipeline));
        }
        long wanted = Long.parseLong(number);
        return client.runs(query.numbered(wanted)).items().stream()
                .filter(run -> run.number() == wanted)
                .findFirst()
                .map(RunSummary::id)
                .orElseThrow(() ->
                        CliException.notFound(
                                "pipeline %s/%s has no run #%s; 'millwright runs -p %s' lists them"
                                        .formatted(namespace, pipeline, number, pipeline)));
    }

    private static RunId beginning(MillwrightClient client, String namespace, String text) {
        List<RunSummary> found =
                search(
                        client,
                        RunQuery.ALL,
                        run -> run.id().toString().startsWith(text),
                        _ -> false);
        if (found.isEmpty()) {
            throw CliException.notFound(
                    "no run has an id that begins with '%s'%s"
                            .formatted(
                                    text,
                                    meant(client, namespace, text).map("; "::concat).orElse("")));
        }
        if (found.size() > 1) {
            throw CliException.usage(
                    "several runs have an id that begins with '%s': %s"
                            .formatted(text, listed(found)));
        }
        return found.getFirst().id();
    }

    private static String listed(List<RunSummary> runs) {
        return String.join(
                ", ",
                runs.stream()
                        .limit(4)
                        .map(run -> run.id() + " (" + run.pipeline() + "#" + run.number() + ")")
                        .toList());
    }

    /// All that match, from the newest back to the first that says it is enough.
    private static List<RunSummary> search(
            MillwrightClient client,
            RunQuery query,
            Predicate<RunSummary> matches,
            Predicate<RunSummary> enough) {
        List<RunSummary> found = new ArrayList<>();
        RunQuery next = query.limit(PAGE);
        for (int i = 0; i < MOST_PAGES; i++) {
            Page<RunSummary> page = client.runs(next);
            for (RunSummary run : page.items()) {
                if (matches.test(run)) {
                    found.add(run);
                }
                if (enough.test(run)) {
                    return found;
                }
            }
            Optional<String> cursor = page.next();
            if (cursor.isEmpty()) {
                return found;
            }
            next = next.after(cursor.get());
        }
        return found;
    }
}
