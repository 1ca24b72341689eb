package dev.millwright.server.web;

import dev.millwright.api.LiveStream;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.Status;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.pki.JoinRequests;
import dev.millwright.server.pki.JoinTokens;
import dev.millwright.server.telemetry.StepTelemetry;
import dev.millwright.server.web.route.Route;
import java.time.Duration;
import java.util.Map;

/// How to call each route so that it succeeds: with runs, tokens and resources that are there for
/// it.
final class RouteSamples {
    private static final String PIPELINE =
            """
            {"apiVersion":"v1alpha","kind":"Pipeline","metadata":{"name":"made","namespace":"default"},
             "spec":{"steps":[{"name":"hello","commands":["echo hello"]}]}}\
            """;

    private final ApiServer server;
    private final DeliveryAccepted delivery;
    private final RunId done;
    private final RunId waiting;

    /// One way to call a route.
    record Sample(String path, String body, Map<String, String> headers) {
        private static Sample of(String path) {
            return new Sample(path, "", Map.of());
        }

        private static Sample of(String path, String body) {
            return new Sample(path, body, Map.of());
        }
    }

    RouteSamples(ApiServer server) {
        this.server = server;
        var _ = server.plugins.extensions().add(Point.WEBHOOK, new OpenTrigger());
        server.pipeline(
                "web",
                """
                webhook: {open: true}
                hooks:
                  - {name: alerts, bearer: {secret: "${env:HOOK}"}}
                  - {name: sample, type: open}
                steps:
                  - {name: hello, commands: [echo hello, echo bad >&2]}
                """);
        server.pipeline(
                "still",
                "concurrency: {group: still, cancelPrevious: true}\nsteps: [{name: a, commands: [sleep 60]}]");
        server.pipeline("gate", "steps: [{name: ok, approve: {}}]");
        delivery = server.client.startRun("default", "web", StartRunRequest.of(Map.of()));
        done = delivery.run();
        var _ = server.finish(done);
        waiting = startGate();
    }

    private RunId startGate() {
        RunId run = server.client.startRun("default", "gate", StartRunRequest.of(Map.of())).run();
        try (LiveStream<EventView> events = server.client.followRun(run, 0)) {
            boolean blocked = false;
            while (!blocked) {
                blocked =
                        events.poll(Duration.ofSeconds(1))
                                .filter(event -> event.type().equals("step.blocked"))
                                .isPresent();
            }
        }
        return run;
    }

    Sample sample(Route route) {
        String run = "/api/v1/runs/" + done;
        return switch (route.method() + " " + route.pattern()) {
            case "GET /api/v1/runs/{id}" -> Sample.of(run);
            case "GET /api/v1/runs/{id}/steps" -> Sample.of(run + "/steps");
            case "GET /api/v1/runs/{id}/explain" -> Sample.of(run + "/explain");
            case "GET /api/v1/runs/{id}/events" -> Sample.of(run + "/events");
            case "GET /api/v1/runs/{id}/stream" -> Sample.of(run + "/stream");
            case "GET /api/v1/runs/{id}/steps/{path...}/log" -> Sample.of(run + "/steps/0/0/log");
            case "GET /api/v1/runs/{id}/steps/{path...}/results" ->
                    Sample.of(run + "/steps/0/0/results");
            case "POST /otlp/v1/traces", "POST /otlp/v1/logs", "POST /otlp/v1/metrics" ->
                    new Sample(route.pattern(), "{}", Map.of(StepTelemetry.HEADER, tokenOfStep()));
            case "POST /otlp/{token}/v1/traces",
                    "POST /otlp/{token}/v1/logs",
                    "POST /otlp/{token}/v1/metrics" ->
                    Sample.of(route.pattern().replace("{token}", tokenOfStep()), "{}");
            case "POST /api/v1/runs/{id}/rerun" -> Sample.of(run + "/rerun", "{\"mode\":\"all\"}");
            case "POST /api/v1/runs/{id}/cancel" ->
                    Sample.of("/api/v1/runs/" + startGate() + "/cancel", "{\"reason\":\"r\"}");
            case "POST /api/v1/runs/{id}/steps/{path...}/approve" ->
                    Sample.of(
                            "/api/v1/runs/" + waiting + "/steps/0/0/approve",
                            "{\"approved\":true}");
            case "POST /api/v1/namespaces/{ns}/pipelines/{name}/runs" ->
                    Sample.of("/api/v1/namespaces/default/pipelines/web/runs", "{}");
            case "GET /api/v1/namespaces/{ns}" -> Sample.of("/api/v1/namespaces/default");
            case "DELETE /api/v1/namespaces/{ns}" -> {
                server.client.apply(
                        "apiVersion: v1alpha\nkind: Namespace\nmetadata: {name: empty}\n",
                        "default",
                        false);
                yield new Sample("/api/v1/namespaces/empty", "", Map.of("If-Match", "*"));
            }
            case "GET /api/v1/namespaces/{ns}/{kinds}" ->
                    Sample.of("/api/v1/namespaces/default/pipelines");
            case "GET /api/v1/namespaces/{ns}/{kinds}/{name}" ->
                    Sample.of("/api/v1/namespaces/default/pipelines/web");
            case "PUT /api/v1/namespaces/{ns}/{kinds}/{name}" ->
                    Sample.of(
                            "/api/v1/namespaces/default/pipelines/fresh",
                            PIPELINE.replace("made", "fresh"));
            case "DELETE /api/v1/namespaces/{ns}/{kinds}/{name}" -> {
                server.pipeline("gone", "steps: [{name: a, commands: [true]}]");
                yield new Sample(
                        "/api/v1/namespaces/default/pipelines/gone", "", Map.of("If-Match", "*"));
            }
            case "POST /api/v1/resources/apply", "POST /api/v1/resources/diff" ->
                    Sample.of(route.pattern(), PIPELINE);
            case "GET /api/v1/deliveries/{id}" ->
                    Sample.of("/api/v1/deliveries/" + delivery.delivery());
            case "POST /api/v1/deliveries/{id}/redeliver" ->
                    Sample.of("/api/v1/deliveries/" + delivery.delivery() + "/redeliver");
            case "POST /api/v1/nodes/{name}/drain" -> Sample.of("/api/v1/nodes/local/drain");
            case "POST /api/v1/nodes/{name}/resume" -> Sample.of("/api/v1/nodes/local/resume");
            case "POST /api/v1/nodes/tokens" ->
                    Sample.of(route.pattern(), "{\"labels\":{\"zone\":\"lab\"},\"ttl\":\"1h\"}");
            case "DELETE /api/v1/nodes/tokens/{id}" ->
                    Sample.of("/api/v1/nodes/tokens/" + newToken().token().id());
            case "DELETE /api/v1/nodes/{name}" -> {
                joinAsNode();
                yield Sample.of("/api/v1/nodes/joined");
            }
            case "POST /webhook" -> Sample.of("/webhook?pipeline=web");
            case "POST /hooks/generic/{hook}" ->
                    new Sample(
                            "/hooks/generic/default.web.alerts",
                            "{}",
                            Map.of("Authorization", "Bearer s3cret"));
            case "POST /hooks/{type}/{hook}" -> Sample.of("/hooks/open/default.web.sample");
            case "GET /api/v1/badges/{ns}/{name}/status.svg" ->
                    Sample.of("/api/v1/badges/default/web/status.svg");
            default -> Sample.of(route.pattern());
        };
    }

    /// The token of a step that runs.
    private String tokenOfStep() {
        RunId run = server.begin("still");
        server.awaitStep(run, StepPath.parse("0/0"), Status.RUNNING);
        AttemptId attempt = server.system.runs().view(run).orElseThrow().attempts().getFirst().id();
        return server.tokens
                .environment(attempt)
                .get("OTEL_EXPORTER_OTLP_HEADERS")
                .substring(StepTelemetry.HEADER.length() + 1);
    }

    private JoinTokens.NewToken newToken() {
        return server.authority.tokens().create("", Map.of(), JoinTokens.USUAL_LIFE, "a test");
    }

    private void joinAsNode() {
        NodeName name = new NodeName("joined");
        var _ = server.authority.remove(name, "a test");
        var _ =
                server.authority.join(
                        newToken().secret(), JoinRequests.fresh(), name.value(), Map.of(), "");
    }
}
