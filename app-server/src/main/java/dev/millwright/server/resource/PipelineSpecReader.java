package dev.millwright.server.resource;

import dev.millwright.engine.expression.Expressions;
import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.server.resource.PipelineSpec.Cron;
import dev.millwright.server.resource.PipelineSpec.Hook;
import dev.millwright.server.resource.PipelineSpec.Misfire;
import dev.millwright.server.resource.PipelineSpec.Overlap;
import dev.millwright.server.resource.PipelineSpec.Proof;
import dev.millwright.server.resource.PipelineSpec.Repository;
import dev.millwright.server.trigger.schedule.CronSchedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the spec of a `Pipeline` and tells everything that is wrong with it.
final class PipelineSpecReader {
    private static final List<String> OWN =
            List.of("repository", "webhook", "hooks", "cron", "suspend", "environment");

    /// Keys of a pipeline file that may stand in the resource instead.
    private static final List<String> INLINE =
            List.of(
                    "name",
                    "inputs",
                    "concurrency",
                    "priority",
                    "when",
                    "steps",
                    "environment",
                    "directory",
                    "shell",
                    "timeout",
                    "setup",
                    "ensure",
                    "teardown");

    private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    /// @param problems empty when the spec can be used
    record Reading(PipelineSpec spec, List<ResourceProblem> problems) {}

    private PipelineSpecReader() {}

    static Reading read(String address, Parameters parameters) {
        List<ResourceProblem> problems = new ArrayList<>();
        SpecFields spec = new SpecFields("", parameters.values(), problems);
        List<String> known = new ArrayList<>(OWN);
        known.addAll(INLINE);
        spec.onlyKnown(known);
        @Nullable Repository repository =
                spec.map("repository").map(PipelineSpecReader::repository).orElse(null);
        Parameters definition = Parameters.NONE;
        if (repository == null) {
            definition = definition(address, parameters, spec, problems);
        } else if (spec.has("steps")) {
            spec.problem("steps", "a pipeline has either a repository or steps of its own");
        }
        boolean open =
                spec.map("webhook")
                        .map(webhook -> {
                            webhook.onlyKnown(List.of("open"));
                            return webhook.flag("open");
                        })
                        .orElse(false);
        List<Hook> hooks = spec.maps("hooks").stream().map(PipelineSpecReader::hook).toList();
        List<Cron> crons = spec.maps("cron").stream().map(PipelineSpecReader::cron).toList();
        onceEach("hooks", hooks.stream().map(Hook::name).toList(), spec);
        onceEach("cron", crons.stream().map(Cron::name).toList(), spec);
        PipelineSpec read =
                new PipelineSpec(
                        repository,
                        open,
                        hooks,
                        crons,
                        repository == null ? Map.of() : spec.values("environment"),
                        definition,
                        spec.flag("suspend"));
        return new Reading(read, problems);
    }

    private static void onceEach(String key, List<String> names, SpecFields spec) {
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                spec.problem(
                        key + "/" + i,
                        "'%s' stands twice in '%s'; give each a name of its own"
                                .formatted(names.get(i), key));
            }
        }
    }

    private static Repository repository(SpecFields fields) {
        fields.onlyKnown(List.of("url", "branch", "file", "depth", "submodules", "lfs"));
        String url = fields.text("url");
        RepositoryUrls.problem(url).ifPresent(why -> fields.problem("url", why));
        return new Repository(
                url,
                fields.text("branch"),
                fields.text("file"),
                new Checkout(fields.count("depth"), fields.flag("submodules"), fields.flag("lfs")));
    }

    private static Parameters definition(
            String address,
            Parameters parameters,
            SpecFields spec,
            List<ResourceProblem> problems) {
        if (!spec.has("steps")) {
            spec.problem("", "the pipeline has neither 'repository' nor 'steps'");
            return Parameters.NONE;
        }
        Map<String, Object> values = new LinkedHashMap<>(parameters.values());
        values.keySet().retainAll(INLINE);
        Parameters definition = new Parameters(values);
        if (InlineSteps.read(address, definition) instanceof ReadResult.Invalid(var found)) {
            found.forEach(problem -> {
                String place = problem.mark().file();
                String pointer = place.substring(place.indexOf('#') + 1);
                String hint = problem.suggestion().isEmpty() ? "" : "; " + problem.suggestion();
                problems.add(ResourceProblem.at(pointer, problem.message() + hint));
            });
        }
        return definition;
    }

    private static Hook hook(SpecFields fields) {
        fields.onlyKnown(
                List.of("name", "hmac", "bearer", "event", "when", "inputs", "ref", "commit"));
        if (!fields.text("name").matches(NAME)) {
            fields.problem("name", "a hook needs a name of lower-case letters, digits and '-'");
        }
        if (fields.has("hmac") == fields.has("bearer")) {
            fields.problem("", "a hook has either 'hmac' or 'bearer'");
        }
        expression(fields, "when", fields.text("when"));
        expression(fields, "ref", fields.text("ref"));
        expression(fields, "commit", fields.text("commit"));
        Map<String, String> inputs = fields.values("inputs");
        inputs.forEach((name, text) -> expression(fields, "inputs/" + name, text));
        Optional<Proof> hmac =
                fields.map("hmac")
                        .map(proof -> {
                            proof.onlyKnown(List.of("secret", "header", "prefix"));
                            return new Proof.Hmac(
                                    secret(proof),
                                    proof.has("header") ? proof.text("header") : "X-Signature",
                                    proof.text("prefix"));
                        });
        Optional<Proof> bearer =
                fields.map("bearer")
                        .map(proof -> {
                            proof.onlyKnown(List.of("secret"));
                            return new Proof.Bearer(secret(proof));
                        });
        return new Hook(
                fields.text("name"),
                hmac.or(() -> bearer).orElse(new Proof.Bearer("")),
                fields.has("event") ? fields.text("event") : "webhook",
                fields.text("when"),
                inputs,
                fields.text("ref"),
                fields.text("commit"));
    }

    private static void expression(SpecFields fields, String key, String text) {
        if (!text.isEmpty()) {
            Expressions.problem(text).ifPresent(why -> fields.problem(key, why));
        }
    }

    private static String secret(SpecFields fields) {
        String secret = fields.text("secret");
        if (!secret.matches("\\$\\{(env|file):[^}]+}")) {
            fields.problem("secret", "a secret is a reference: ${env:NAME} or ${file:PATH}");
        }
        return secret;
    }

    private static Cron cron(SpecFields fields) {
        fields.onlyKnown(
                List.of(
                        "name",
                        "schedule",
                        "timeZone",
                        "misfire",
                        "overlap",
                        "jitter",
                        "startAt",
                        "endAt",
                        "suspend",
                        "ref",
                        "inputs"));
        String name = fields.has("name") ? fields.text("name") : "cron";
        if (!name.matches(NAME)) {
            fields.problem("name", "a schedule's name has lower-case letters, digits and '-'");
        }
        if (fields.texts("schedule").isEmpty()) {
            fields.problem("schedule", "a schedule is missing, such as '0 3 * * *'");
        }
        for (String schedule : fields.texts("schedule")) {
            CronSchedule.problem(schedule).ifPresent(why -> fields.problem("schedule", why));
        }
        return new Cron(
                name,
                fields.texts("schedule"),
                zone(fields),
                fields.oneOf(
                        "misfire",
                        Map.of("skip", Misfire.SKIP, "once", Misfire.ONCE, "all", Misfire.ALL),
                        Misfire.ONCE),
                fields.oneOf(
                        "overlap",
                        Map.of(
                                "allow", Overlap.ALLOW,
                                "forbid", Overlap.FORBID,
                                "replace", Overlap.REPLACE),
                        Overlap.ALLOW),
                fields.duration("jitter"),
                fields.instant("startAt"),
                fields.instant("endAt"),
                fields.flag("suspend"),
                fields.text("ref"),
                fields.values("inputs"));
    }

    private static ZoneId zone(SpecFields fields) {
        if (!fields.has("timeZone")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(fields.text("timeZone"));
        } catch (DateTimeException unknown) {
            fields.problem(
                    "timeZone",
                    "'%s' is not a time zone; write it like Europe/Berlin"
                            .formatted(fields.text("timeZone")));
            return ZoneOffset.UTC;
        }
    }
}
