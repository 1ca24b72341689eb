package dev.millwright.server.web;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.access.Access;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.Manifest;
import dev.millwright.server.resource.ManifestReader;
import dev.millwright.server.resource.PipelineDoubts;
import dev.millwright.server.resource.ResourceProblem;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.secret.MissingStores;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.ResourceViews;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Apply and compare documents: YAML or JSON text that holds any number of resources.
final class DocumentRoutes {
    private static final String TAG = "resources";
    private static final Parameter INTO =
            Parameter.query("namespace", "For documents that name none", "default")
                    .orElse(Resources.DEFAULT_NAMESPACE);
    private static final String EXAMPLE =
            """
            apiVersion: v1alpha
            kind: Pipeline
            metadata: {name: web, namespace: default}
            spec:
              steps:
                - {name: hello, commands: [echo hello]}
            """;

    private final Resources resources;
    private final MissingPlugins plugins;
    private final MissingStores stores;

    DocumentRoutes(Resources resources, MissingPlugins plugins) {
        this.resources = resources;
        this.plugins = plugins;
        this.stores = new MissingStores(resources);
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/v1/resources/apply",
                                Access.ADMIN,
                                TAG,
                                "Apply documents: all of them or, when one is refused, none")
                        .with(
                                INTO,
                                Parameter.flag("dryRun", "Only tell what would happen"),
                                Common.REPEAT_KEY)
                        .takes(RequestBody.documents(EXAMPLE))
                        .gives(Reply.json(200, ApplyResult.class, "What happened to each"))
                        .by(this::apply),
                Route.post(
                                "/api/v1/resources/diff",
                                Access.VIEW,
                                TAG,
                                "Compare documents with what is stored")
                        .with(INTO)
                        .takes(RequestBody.documents(EXAMPLE))
                        .gives(
                                Reply.json(
                                        200,
                                        ApplyResult.class,
                                        "What differs, document by document"))
                        .by(this::diff));
    }

    private Answer apply(Call call) {
        boolean dryRun = call.flag("dryRun");
        List<Manifest> manifests = read(call);
        List<String> diffs = manifests.stream().map(resources::diff).toList();
        List<dev.millwright.server.resource.ApplyResult> results =
                resources.applyAll(
                        manifests, ApplyOptions.of(dryRun, Optional.empty(), Resources.API));
        return Answer.ok(result(dryRun, manifests, results, diffs));
    }

    private Answer diff(Call call) {
        List<Manifest> manifests = read(call);
        List<String> diffs = manifests.stream().map(resources::diff).toList();
        List<dev.millwright.server.resource.ApplyResult> results =
                resources.applyAll(
                        manifests, ApplyOptions.of(true, Optional.empty(), Resources.API));
        return Answer.ok(result(true, manifests, results, diffs));
    }

    private ApplyResult result(
            boolean dryRun,
            List<Manifest> manifests,
            List<dev.millwright.server.resource.ApplyResult> results,
            List<String> diffs) {
        List<ApplyResult.Item> items = new ArrayList<>();
        for (int i = 0; i < manifests.size(); i++) {
            Manifest manifest = manifests.get(i);
            items.add(
                    ResourceViews.item(
                            manifest,
                            results.get(i),
                            diffs.get(i),
                            hints(manifest.resource(), manifests)));
        }
        return new ApplyResult(dryRun, items);
    }

    private List<ResourceProblem> hints(Resource resource, List<Manifest> together) {
        List<Resource> all = together.stream().map(Manifest::resource).toList();
        return Stream.of(
                        plugins.hints(resource),
                        stores.hints(resource, all),
                        PipelineDoubts.hints(resource))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Manifest> read(Call call) {
        String text = new String(call.body(), StandardCharsets.UTF_8);
        String namespace = call.query("namespace").orElse(Resources.DEFAULT_NAMESPACE);
        return switch (ManifestReader.read("body", text, namespace)) {
            case ManifestReader.Reading.Read(var manifests) -> manifests;
            case ManifestReader.Reading.Invalid(var problems) -> throw invalid(problems);
        };
    }

    /// What is wrong with documents, each thing with its place.
    static ProblemException invalid(List<ResourceProblem> problems) {
        return ProblemException.of(
                ProblemType.UNPROCESSABLE,
                problems.size() == 1
                        ? problems.getFirst().render()
                        : "%d things are wrong".formatted(problems.size()),
                problems.stream().map(ResourceViews::violation).toList());
    }
}
