package dev.millwright.server.resource;

import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.git.GitSettings;
import dev.millwright.node.git.GitUrl;
import dev.millwright.server.resource.PipelineSpec.Cron;
import dev.millwright.server.resource.PipelineSpec.Hook;
import dev.millwright.server.resource.PipelineSpec.Poll;
import dev.millwright.server.resource.PipelineSpec.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the spec of a `Pipeline` and tells everything that is wrong with it.
final class PipelineSpecReader {
    private static final List<String> OWN =
            List.of("repository", "webhook", "hooks", "cron", "polls", "suspend", "environment");

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

    static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

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
                spec.mapOrText("repository", "url")
                        .map(PipelineSpecReader::repository)
                        .orElse(null);
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
        List<Hook> hooks = spec.maps("hooks").stream().map(HookReader::hook).toList();
        List<Cron> crons = spec.maps("cron").stream().map(TimedTriggers::cron).toList();
        List<Poll> polls = spec.maps("polls").stream().map(TimedTriggers::poll).toList();
        onceEach("hooks", hooks.stream().map(Hook::name).toList(), spec);
        onceEach("cron", crons.stream().map(Cron::name).toList(), spec);
        onceEach("polls", polls.stream().map(Poll::name).toList(), spec);
        PipelineSpec read =
                new PipelineSpec(
                        repository,
                        open,
                        hooks,
                        crons,
                        polls,
                        repository == null ? Map.of() : spec.environment("environment"),
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
        List<String> known =
                new ArrayList<>(List.of("url", "branch", "file", "depth", "submodules", "lfs"));
        known.addAll(AccessReader.KEYS);
        fields.onlyKnown(known);
        String url = fields.text("url");
        // What the administrator allows of these is asked by whoever knows it
        GitUrl.problem(url, GitSettings.DEFAULT)
                .ifPresent(why ->
                        fields.problem("url", "the repository's address is refused: " + why));
        return new Repository(
                url,
                fields.text("branch"),
                fields.text("file"),
                new Checkout(fields.count("depth"), fields.flag("submodules"), fields.flag("lfs")),
                AccessReader.access(fields, url).orElse(null));
    }

    private static Parameters definition(
            String address,
            Parameters parameters,
            SpecFields spec,
            List<ResourceProblem> problems) {
        if (!spec.has("steps")) {
            if (spec.has("repository")) {
                // What is wrong with it is told
                return Parameters.NONE;
            }
            spec.problem("", "the pipeline has neither 'repository' nor 'steps'");
            return Parameters.NONE;
        }
        Parameters definition = inline(parameters);
        if (InlineSteps.read(address, definition) instanceof ReadResult.Invalid(var found)) {
            found.forEach(problem -> problems.add(problem(problem)));
        }
        return definition;
    }

    /// The part of a spec that could be a pipeline file.
    static Parameters inline(Parameters spec) {
        Map<String, Object> values = new LinkedHashMap<>(spec.values());
        values.keySet().retainAll(INLINE);
        return new Parameters(values);
    }

    /// With a pointer into the spec.
    static ResourceProblem problem(Problem problem) {
        String place = problem.mark().file();
        String pointer = place.substring(place.indexOf('#') + 1);
        String hint = problem.suggestion().isEmpty() ? "" : "; " + problem.suggestion();
        return ResourceProblem.at(pointer, problem.message() + hint);
    }

    static void checkName(SpecFields fields, String what) {
        if (!fields.text("name").matches(NAME)) {
            fields.problem("name", what + " needs a name of lower-case letters, digits and '-'");
        }
    }

    static void checkType(SpecFields fields, String what, String example) {
        if (!fields.text("type").matches(NAME)) {
            fields.problem(
                    "type",
                    "the type of %s is the name of a trigger, such as %s".formatted(what, example));
        }
    }
}
