package dev.millwright.server.web;

import dev.millwright.api.resource.ResourceDocument;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.access.Access;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.ApplyResult;
import dev.millwright.server.resource.DeleteResult;
import dev.millwright.server.resource.LabelSelector;
import dev.millwright.server.resource.Manifest;
import dev.millwright.server.resource.ResourcePage;
import dev.millwright.server.resource.ResourceQuery;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.resource.StoredResource;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.Cursors;
import dev.millwright.server.web.view.ResourceViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// List, show, put and delete resources, one at a time.
final class ResourceRoutes {
    private static final String TAG = "resources";
    private static final String NAMESPACE = "Namespace";

    /// Kinds that live in namespaces, by the word in addresses.
    private static final Map<String, String> KINDS =
            Map.of(
                    "pipelines", "Pipeline",
                    "exporters", Resources.EXPORTER,
                    "forges", Resources.FORGE,
                    "notifiers", Resources.NOTIFIER,
                    "secret-stores", Resources.SECRET_STORE);

    private static final Parameter SELECTOR =
            Parameter.query(
                    "labelSelector", "Only with these labels, Kubernetes grammar", "team=web,!old");
    private static final Parameter KINDS_PARAMETER =
            Parameter.path("kinds", "The kind, such as `pipelines`", "pipelines");
    private final Resources resources;

    ResourceRoutes(Resources resources) {
        this.resources = resources;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(namespaces());
        routes.addAll(inNamespaces());
        return routes;
    }

    private List<Route> namespaces() {
        return List.of(
                Route.get("/api/v1/namespaces", Access.VIEW, TAG, "List namespaces")
                        .with(SELECTOR, Common.LIMIT, Common.CURSOR)
                        .gives(
                                Reply.json(
                                        200,
                                        Common.page(ResourceDocument.class),
                                        "A page, by name"))
                        .by(call -> list(call, NAMESPACE, "")),
                Route.get("/api/v1/namespaces/{ns}", Access.VIEW, TAG, "Show a namespace")
                        .with(Common.NAMESPACE, Common.KNOWN_TAG)
                        .gives(Reply.json(200, ResourceDocument.class, "The namespace"))
                        .by(call -> show(NAMESPACE, "", call.path("ns"))),
                Route.delete(
                                "/api/v1/namespaces/{ns}",
                                Access.ADMIN,
                                TAG,
                                "Delete an empty namespace")
                        .with(Common.NAMESPACE, Common.IF_MATCH)
                        .gives(Reply.empty(204, "It is gone"))
                        .by(call -> delete(call, NAMESPACE, "", call.path("ns"))));
    }

    private List<Route> inNamespaces() {
        String one = "/api/v1/namespaces/{ns}/{kinds}/{name}";
        return List.of(
                Route.get(
                                "/api/v1/namespaces/{ns}/{kinds}",
                                Access.VIEW,
                                TAG,
                                "List resources of a kind")
                        .with(
                                Common.NAMESPACE,
                                KINDS_PARAMETER,
                                SELECTOR,
                                Common.LIMIT,
                                Common.CURSOR)
                        .gives(
                                Reply.json(
                                        200,
                                        Common.page(ResourceDocument.class),
                                        "A page, by name"))
                        .by(call -> list(call, kind(call), call.path("ns"))),
                Route.get(one, Access.VIEW, TAG, "Show a resource")
                        .with(Common.NAMESPACE, KINDS_PARAMETER, Common.NAME, Common.KNOWN_TAG)
                        .gives(Reply.json(200, ResourceDocument.class, "The resource"))
                        .by(call -> show(kind(call), call.path("ns"), call.path("name"))),
                Route.put(one, Access.ADMIN, TAG, "Create or replace a resource")
                        .with(
                                Common.NAMESPACE,
                                KINDS_PARAMETER,
                                Common.NAME,
                                Common.IF_MATCH,
                                Parameter.header("If-None-Match", "`*` to create only", "*"))
                        .takes(
                                RequestBody.json(
                                        ResourceDocument.class,
                                        """
                                        {"apiVersion": "v1alpha", "kind": "Pipeline", "metadata": {"name": "web", "namespace": "default"}, "spec": {"steps": [{"name": "hello", "commands": ["echo hello"]}]}}\
                                        """))
                        .gives(
                                Reply.json(200, ResourceDocument.class, "Replaced"),
                                Reply.json(201, ResourceDocument.class, "Created"))
                        .by(this::put),
                Route.delete(one, Access.ADMIN, TAG, "Delete a resource")
                        .with(Common.NAMESPACE, KINDS_PARAMETER, Common.NAME, Common.IF_MATCH)
                        .gives(Reply.empty(204, "It is gone"))
                        .by(call -> delete(call, kind(call), call.path("ns"), call.path("name"))));
    }

    private static String kind(Call call) {
        String kind = KINDS.get(call.path("kinds"));
        if (kind == null) {
            throw ProblemException.of(
                    ProblemType.NOT_FOUND,
                    "there is no kind '%s'; known are %s"
                            .formatted(
                                    call.path("kinds"),
                                    String.join(", ", new TreeSet<>(KINDS.keySet()))));
        }
        return kind;
    }

    private Answer list(Call call, String kind, String namespace) {
        ResourcePage page =
                resources.list(
                        new ResourceQuery(
                                kind,
                                namespace,
                                call.query("labelSelector")
                                        .map(LabelSelector::parse)
                                        .orElse(LabelSelector.ALL),
                                Cursors.place(call).orElse(""),
                                (int) call.number("limit")));
        return Cursors.page(
                call,
                page.items().stream().map(ResourceViews::document).toList(),
                page.next().map(Cursors::encode).orElse(null));
    }

    private Answer show(String kind, String namespace, String name) {
        StoredResource stored =
                resources
                        .stored(kind, namespace, name)
                        .orElseThrow(() -> Missing.resource(resources, kind, namespace, name));
        return tagged(Answer.ok(ResourceViews.document(stored)), stored.resource());
    }

    private static Answer tagged(Answer answer, Resource resource) {
        return answer.with("ETag", ResourceViews.tag(resource))
                .with("Cache-Control", "private, no-cache");
    }

    private Answer put(Call call) {
        ResourceDocument document = call.body(ResourceDocument.class);
        Resource resource = named(call, document);
        Optional<Long> revision =
                condition(call, kind(call), resource.namespace(), resource.name());
        ApplyOptions options = ApplyOptions.of(false, revision, Resources.API);
        return switch (resources.apply(Manifest.of(resource), options)) {
            case ApplyResult.Created(Resource now) ->
                    tagged(Answer.json(201, ResourceViews.document(now)), now)
                            .with("Location", call.location());
            case ApplyResult.Changed(Resource now, _) ->
                    tagged(Answer.ok(ResourceViews.document(now)), now);
            case ApplyResult.Unchanged(Resource now) ->
                    tagged(Answer.ok(ResourceViews.document(now)), now);
            case ApplyResult.Invalid(var problems) -> throw DocumentRoutes.invalid(problems);
            case ApplyResult.Conflict(String reason) -> throw conflict(revision, reason);
        };
    }

    private static Resource named(Call call, ResourceDocument document) {
        boolean fits =
                document.metadata() != null
                        && kind(call).equals(document.kind())
                        && call.path("name").equals(document.metadata().name())
                        && (document.metadata().namespace().isEmpty()
                                || document.metadata().namespace().equals(call.path("ns")));
        if (!fits) {
            throw ProblemException.parameter(
                    "/metadata", "kind, namespace and name must be those of the address");
        }
        Resource written = ResourceViews.resource(document);
        return new Resource(
                written.kind(),
                call.path("ns"),
                written.name(),
                null,
                0,
                written.labels(),
                written.annotations(),
                written.spec());
    }

    /// The revision that must be stored; empty for any. Throws when the caller does not say.
    private Optional<Long> condition(Call call, String kind, String namespace, String name) {
        Optional<String> match = call.header("if-match").map(String::strip);
        if (match.isPresent()) {
            return match.get().equals("*")
                    ? existing(kind, namespace, name)
                    : Optional.of(revision(match.get()));
        }
        if (call.header("if-none-match").filter("*"::equals).isPresent()) {
            return Optional.of(0L);
        }
        if (resources.find(kind, namespace, name).isEmpty()) {
            return Optional.of(0L);
        }
        throw ProblemException.of(
                ProblemType.PRECONDITION_REQUIRED,
                "say which version is meant: 'If-Match' with the ETag, or '*' for any");
    }

    private Optional<Long> existing(String kind, String namespace, String name) {
        if (resources.find(kind, namespace, name).isEmpty()) {
            throw ProblemException.of(
                    ProblemType.PRECONDITION_FAILED, "there is none to replace or delete");
        }
        return Optional.empty();
    }

    private static long revision(String tag) {
        String text = tag.startsWith("W/") ? tag.substring(2) : tag;
        if (!text.matches("\"[0-9]{1,18}\"")) {
            throw ProblemException.of(
                    ProblemType.PRECONDITION_FAILED, "no version has the ETag " + tag);
        }
        return Long.parseLong(text.substring(1, text.length() - 1));
    }

    private static ProblemException conflict(Optional<Long> revision, String reason) {
        return ProblemException.of(
                revision.isPresent() ? ProblemType.PRECONDITION_FAILED : ProblemType.CONFLICT,
                reason);
    }

    private Answer delete(Call call, String kind, String namespace, String name) {
        if (resources.find(kind, namespace, name).isEmpty()) {
            throw Missing.resource(resources, kind, namespace, name);
        }
        Optional<Long> revision = condition(call, kind, namespace, name);
        ApplyOptions options = ApplyOptions.of(false, revision, Resources.API);
        return switch (resources.delete(kind, namespace, name, options)) {
            case DeleteResult.Deleted _ -> Answer.empty(204);
            case DeleteResult.Missing _ -> throw Missing.resource(resources, kind, namespace, name);
            case DeleteResult.Conflict(String reason) -> throw conflict(revision, reason);
        };
    }
}
