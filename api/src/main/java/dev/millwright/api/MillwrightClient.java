package dev.millwright.api;

import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.delivery.DeliveryDetail;
import dev.millwright.api.delivery.DeliveryQuery;
import dev.millwright.api.delivery.DeliveryView;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.plugin.PluginList;
import dev.millwright.api.poll.PollView;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.resource.ResourceDocument;
import dev.millwright.api.resource.ResourceQuery;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.ExplainView;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogPage;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.RerunRequest;
import dev.millwright.api.run.ResultView;
import dev.millwright.api.run.RunAccepted;
import dev.millwright.api.run.RunDetail;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.StepList;
import dev.millwright.api.server.ConfigView;
import dev.millwright.api.server.HealthView;
import dev.millwright.api.server.NewNodeToken;
import dev.millwright.api.server.NodeTokenRequest;
import dev.millwright.api.server.NodeTokenView;
import dev.millwright.api.server.NodeView;
import dev.millwright.api.server.QueueView;
import dev.millwright.api.server.ReadyView;
import dev.millwright.api.server.ServerView;
import dev.millwright.api.server.StatsView;
import dev.millwright.api.server.VersionView;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/// Talk to a server. Every method blocks until the answer is there and throws [ApiException] when
/// the server refuses or cannot be reached. Any thread may use it; close it when done.
///
/// ```java
/// try (MillwrightClient client = MillwrightClient.create(URI.create("http://127.0.0.1:8080"), key)) {
///     DeliveryAccepted accepted = client.startRun("default", "web", StartRunRequest.of(Map.of()));
///     StepList steps = client.steps(accepted.run());
/// }
/// ```
public final class MillwrightClient implements AutoCloseable {
    private static final String V1 = "/api/v1";

    private final Transport transport;

    private MillwrightClient(Transport transport) {
        this.transport = transport;
    }

    /// A client without a key: health, version, badges and open hooks only.
    public static MillwrightClient create(URI server) {
        return new MillwrightClient(new Transport(server, ""));
    }

    /// A client that shows a key with every request.
    public static MillwrightClient create(URI server, String key) {
        return new MillwrightClient(new Transport(server, key));
    }

    /// The address that was given.
    public URI server() {
        return transport.server();
    }

    // The server itself

    public HealthView health() {
        return transport.get("/healthz", Map.of(), HealthView.class);
    }

    /// Whether the server can work; the answer "not ready" is a value, no exception.
    public ReadyView ready() {
        return transport.getEvenUnavailable("/readyz", ReadyView.class);
    }

    public VersionView version() {
        return transport.get("/version", Map.of(), VersionView.class);
    }

    public StatsView stats() {
        return transport.get(V1 + "/stats", Map.of(), StatsView.class);
    }

    public QueueView queue() {
        return transport.get(V1 + "/queue", Map.of(), QueueView.class);
    }

    /// The servers that share the database, those that were lost lately among them.
    public Page<ServerView> servers() {
        return transport.get(V1 + "/servers", Map.of(), new TypeReference<>() {});
    }

    public Page<NodeView> nodes() {
        return transport.get(V1 + "/nodes", Map.of(), new TypeReference<>() {});
    }

    /// Give a node nothing new; what it has goes on.
    public NodeView drain(String node) {
        return transport.post(V1 + "/nodes/" + segment(node) + "/drain", Map.of(), NodeView.class);
    }

    /// Let a drained node take work again.
    public NodeView resume(String node) {
        return transport.post(V1 + "/nodes/" + segment(node) + "/resume", Map.of(), NodeView.class);
    }

    /// Take a node's certificates away; its connections are cut at once.
    public void removeNode(String node) {
        transport.delete(V1 + "/nodes/" + segment(node), "*");
    }

    /// Make a token with which one machine becomes a node.
    public NewNodeToken createNodeToken(NodeTokenRequest request) {
        return transport.post(V1 + "/nodes/tokens", request, NewNodeToken.class);
    }

    /// The tokens that can still be used, without their secrets.
    public Page<NodeTokenView> nodeTokens() {
        return transport.get(V1 + "/nodes/tokens", Map.of(), new TypeReference<>() {});
    }

    /// Take a token back before it is used.
    public void deleteNodeToken(String id) {
        transport.delete(V1 + "/nodes/tokens/" + segment(id), "*");
    }

    /// The plugins of the server that answers.
    public PluginList plugins() {
        return transport.get(V1 + "/plugins", Map.of(), new TypeReference<>() {});
    }

    /// How the polls of pipelines stand.
    ///
    /// @param namespace empty for all
    /// @param pipeline empty for all
    public Page<PollView> polls(String namespace, String pipeline) {
        return transport.get(
                V1 + "/polls",
                Map.of("namespace", namespace, "pipeline", pipeline),
                new TypeReference<>() {});
    }

    public ConfigView config() {
        return transport.get(V1 + "/config", Map.of(), ConfigView.class);
    }

    /// The OpenAPI 3.1 document, as JSON text.
    public String openApi() {
        return transport.text(V1 + "/openapi.json", Map.of());
    }

    /// The JSON Schema of pipeline files, as JSON text.
    public String pipelineSchema() {
        return transport.text(V1 + "/schemas/pipeline.json", Map.of());
    }

    // Resources. Kinds are named as in addresses: `pipelines`

    public Page<ResourceDocument> namespaces(ResourceQuery query) {
        return transport.get(V1 + "/namespaces", query.parameters(), new TypeReference<>() {});
    }

    public ResourceDocument namespace(String name) {
        return transport.get(V1 + "/namespaces/" + segment(name), Map.of(), ResourceDocument.class);
    }

    public Page<ResourceDocument> resources(String namespace, String kinds, ResourceQuery query) {
        return transport.get(
                resources(namespace, kinds), query.parameters(), new TypeReference<>() {});
    }

    public ResourceDocument resource(String namespace, String kinds, String name) {
        return transport.get(
                resources(namespace, kinds) + "/" + segment(name),
                Map.of(),
                ResourceDocument.class);
    }

    /// Apply YAML or JSON text that holds one or several documents. Documents without a namespace
    /// go into the one named here. Refused documents are values in the result, no exception.
    public ApplyResult apply(String documents, String namespace, boolean dryRun) {
        return transport.postText(
                V1 + "/resources/apply",
                Map.of("namespace", namespace, "dryRun", dryRun),
                documents,
                ApplyResult.class);
    }

    /// Compare YAML or JSON text with what is stored.
    public ApplyResult diff(String documents, String namespace) {
        return transport.postText(
                V1 + "/resources/diff",
                Map.of("namespace", namespace),
                documents,
                ApplyResult.class);
    }

    /// Replace a resource only while it has this revision; 0 creates it.
    public ResourceDocument put(
            String namespace, String kinds, ResourceDocument document, long ifRevision) {
        return transport.put(
                resources(namespace, kinds) + "/" + segment(document.metadata().name()),
                ifRevision,
                document,
                ResourceDocument.class);
    }

    /// Delete a resource, whatever its revision.
    public void delete(String namespace, String kinds, String name) {
        transport.delete(resources(namespace, kinds) + "/" + segment(name), "*");
    }

    /// Delete a resource only while it has this revision.
    public void delete(String namespace, String kinds, String name, long ifRevision) {
        transport.delete(
                resources(namespace, kinds) + "/" + segment(name), "\"" + ifRevision + "\"");
    }

    /// Delete a namespace, whatever its revision; it has to be empty.
    public void deleteNamespace(String name) {
        transport.delete(V1 + "/namespaces/" + segment(name), "*");
    }

    // Runs

    public DeliveryAccepted startRun(String namespace, String pipeline, StartRunRequest request) {
        return transport.post(
                resources(namespace, "pipelines") + "/" + segment(pipeline) + "/runs",
                request,
                DeliveryAccepted.class);
    }

    public Page<RunSummary> runs(RunQuery query) {
        return transport.get(V1 + "/runs", query.parameters(), new TypeReference<>() {});
    }

    public RunDetail run(RunId run) {
        return transport.get(V1 + "/runs/" + run, Map.of(), RunDetail.class);
    }

    public StepList steps(RunId run) {
        return transport.get(V1 + "/runs/" + run + "/steps", Map.of(), StepList.class);
    }

    /// Results inside a step, which its programs sent as spans, in order of time; 500 at a time.
    ///
    /// @param attempt number of the try; 0 for the last one
    /// @param cursor the `nextCursor` of the page before; empty for the first page
    public Page<ResultView> results(RunId run, StepPath path, int attempt, String cursor) {
        Map<String, String> query = new HashMap<>(Map.of("limit", "500"));
        query.put("attempt", Integer.toString(attempt));
        if (!cursor.isEmpty()) {
            query.put("cursor", cursor);
        }
        return transport.get(
                V1 + "/runs/" + run + "/steps/" + path + "/results",
                query,
                new TypeReference<>() {});
    }

    public ExplainView explain(RunId run) {
        return transport.get(V1 + "/runs/" + run + "/explain", Map.of(), ExplainView.class);
    }

    public RunAccepted cancel(RunId run, CancelRequest request) {
        return transport.post(V1 + "/runs/" + run + "/cancel", request, RunAccepted.class);
    }

    /// Repeat a run; the answer names the new one.
    public RunAccepted rerun(RunId run, RerunRequest request) {
        return transport.post(V1 + "/runs/" + run + "/rerun", request, RunAccepted.class);
    }

    public RunAccepted approve(RunId run, StepPath step, ApprovalRequest request) {
        return transport.post(
                V1 + "/runs/" + run + "/steps/" + step + "/approve", request, RunAccepted.class);
    }

    /// Follow a run's events after the given sequence number (0: from the first one) until the run
    /// is finished.
    public LiveStream<EventView> followRun(RunId run, long afterSequence) {
        return new SseFollower<>(
                transport,
                V1 + "/runs/" + run + "/events",
                Map.of(),
                afterSequence,
                EventView.class);
    }

    // Logs

    public LogPage log(RunId run, StepPath step, LogQuery query) {
        return transport.get(log(run, step), query.parameters(), LogPage.class);
    }

    /// Follow the last attempt of a step from the given line (from 1) until the attempt has ended.
    public LiveStream<LogLineView> followLog(RunId run, StepPath step, long fromLine) {
        return new SseFollower<>(
                transport, log(run, step), Map.of("follow", true), fromLine - 1, LogLineView.class);
    }

    /// Copy the exact bytes of one stream of the last attempt.
    public void copyLog(RunId run, StepPath step, LogLineView.Stream stream, OutputStream to) {
        transport.copy(
                log(run, step),
                Map.of(
                        "format",
                        "text",
                        "stream",
                        stream == LogLineView.Stream.OUT ? "out" : "err"),
                to);
    }

    /// Copy the bytes of both streams of the last attempt, line by line in the order of arrival.
    public void copyLog(RunId run, StepPath step, OutputStream to) {
        transport.copy(log(run, step), Map.of("format", "text"), to);
    }

    // Events and deliveries

    public Page<EventView> events(EventQuery query) {
        return transport.get(V1 + "/events", query.parameters(), new TypeReference<>() {});
    }

    /// Follow the journal after the query's `seq`, for ever. With `after(-1)` only what happens
    /// from now on.
    public LiveStream<EventView> followEvents(EventQuery query) {
        return new SseFollower<>(
                transport, V1 + "/events", query.filters(), query.after(), EventView.class);
    }

    public Page<DeliveryView> deliveries(DeliveryQuery query) {
        return transport.get(V1 + "/deliveries", query.parameters(), new TypeReference<>() {});
    }

    public DeliveryDetail delivery(DeliveryId id) {
        return transport.get(V1 + "/deliveries/" + id, Map.of(), DeliveryDetail.class);
    }

    /// Carry out a delivery once more, as a new delivery.
    public DeliveryAccepted redeliver(DeliveryId id) {
        return transport.post(
                V1 + "/deliveries/" + id + "/redeliver", Map.of(), DeliveryAccepted.class);
    }

    /// Send a request to a hook as an outside system would.
    ///
    /// @param path such as `/hooks/github/web.push`, or `/webhook?pipeline=web`
    /// @param headers its proof among them, if it needs one
    public DeliveryAccepted hook(String path, Map<String, String> headers, byte[] body) {
        return transport.send(path, headers, body, DeliveryAccepted.class);
    }

    @Override
    public void close() {
        transport.close();
    }

    private static String resources(String namespace, String kinds) {
        return V1 + "/namespaces/" + segment(namespace) + "/" + segment(kinds);
    }

    private static String log(RunId run, StepPath step) {
        return V1 + "/runs/" + run + "/steps/" + step + "/log";
    }

    private static String segment(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
