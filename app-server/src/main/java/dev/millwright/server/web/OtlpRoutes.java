package dev.millwright.server.web;

import dev.millwright.server.access.Access;
import dev.millwright.server.secret.SecretsUnavailableException;
import dev.millwright.server.telemetry.Admission;
import dev.millwright.server.telemetry.StepTelemetry;
import dev.millwright.server.telemetry.Taken;
import dev.millwright.server.telemetry.Target;
import dev.millwright.server.telemetry.otlp.MalformedException;
import dev.millwright.server.telemetry.otlp.OtlpAnswer;
import dev.millwright.server.telemetry.otlp.OtlpReader;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/// Take what steps tell of themselves over OTLP. Errors have the form that OTLP wants: a
/// `google.rpc.Status` in the form of the request.
final class OtlpRoutes {
    private static final int MOST_BYTES = 4 << 20;
    private static final List<String> FORMS =
            List.of(OtlpReader.PROTOBUF.mediaType(), OtlpReader.JSON.mediaType());

    /// How many bodies are in memory at once; they grow tenfold when they are taken apart.
    private static final int AT_ONCE = 2;

    private static final int PATIENCE_SECONDS = 10;

    private static final int INVALID_ARGUMENT = 3;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    private final StepTelemetry telemetry;
    private final Semaphore bodies = new Semaphore(AT_ONCE);

    OtlpRoutes(StepTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    private interface Taking {
        Taken take(Target target, OtlpReader form, byte[] body);
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        // Programs that cannot send a header have the token in the address
        for (String place : List.of("", "/{token}")) {
            routes.add(
                    route(
                            place + "/v1/traces",
                            "Take spans from a step",
                            OtlpAnswer.Kind.SPANS,
                            (target, form, body) -> telemetry.spans(target, form.spans(body))));
            routes.add(
                    route(
                            place + "/v1/logs",
                            "Take log records from a step",
                            OtlpAnswer.Kind.LOGS,
                            (target, form, body) -> telemetry.logs(target, form.logs(body), body)));
            routes.add(
                    route(
                            place + "/v1/metrics",
                            "Refuse metrics from a step, politely",
                            OtlpAnswer.Kind.METRICS,
                            (_, form, body) ->
                                    new Taken(
                                            form.points(body),
                                            "metrics of steps are not kept here; set OTEL_METRICS_EXPORTER=none")));
        }
        return routes;
    }

    private Route route(String path, String summary, OtlpAnswer.Kind kind, Taking taking) {
        boolean inAddress = path.startsWith("/{");
        Parameter token =
                inAddress
                        ? Parameter.path("token", "The step's token", "0123abcd")
                        : Parameter.header(
                                StepTelemetry.HEADER,
                                "The step's token, from its OTEL_EXPORTER_OTLP_HEADERS",
                                "0123abcd");
        return Route.post(StepTelemetry.PATH + path, Access.HOOK, "telemetry", summary)
                .with(token)
                .takes(RequestBody.gzipped(FORMS))
                .gives(
                        Reply.text(200, OtlpReader.PROTOBUF.mediaType(), "Taken, but for some"),
                        Reply.text(200, OtlpReader.JSON.mediaType(), "Taken, but for some"))
                .by(call ->
                        answer(
                                call,
                                inAddress
                                        ? call.path("token")
                                        : call.header(StepTelemetry.HEADER).orElse(""),
                                kind,
                                taking));
    }

    private Answer answer(Call call, String token, OtlpAnswer.Kind kind, Taking taking) {
        OtlpReader form =
                call.header("content-type").flatMap(OtlpReader::of).orElse(OtlpReader.JSON);
        return switch (telemetry.admit(token)) {
            case Admission.Closed(String reason) -> refused(form, 401, UNAUTHENTICATED, reason);
            case Admission.TooOften() ->
                    refused(form, 429, RESOURCE_EXHAUSTED, "too many requests of this step")
                            .with("Retry-After", "1");
            case Admission.Open(Target target) -> take(call, form, target, kind, taking);
        };
    }

    private Answer take(
            Call call, OtlpReader form, Target target, OtlpAnswer.Kind kind, Taking taking) {
        if (call.header("content-type").flatMap(OtlpReader::of).isEmpty()) {
            return refused(
                    form,
                    415,
                    INVALID_ARGUMENT,
                    "send Content-Type: " + String.join(" or ", FORMS));
        }
        try {
            telemetry.prepare(target);
        } catch (SecretsUnavailableException unknown) {
            // Programs of OpenTelemetry try again; until then nothing is shown unmasked
            return refused(form, 503, UNAVAILABLE, String.valueOf(unknown.getMessage()))
                    .with("Retry-After", "5");
        }
        if (!enter()) {
            return refused(form, 503, UNAVAILABLE, "the server is busy with other requests")
                    .with("Retry-After", "2");
        }
        try {
            Taken taken = taking.take(target, form, plain(call));
            return new Answer.Bytes(
                    200,
                    Map.of(),
                    form.mediaType(),
                    OtlpAnswer.taken(form, kind, taken.refused(), taken.reason()));
        } catch (MalformedException malformed) {
            return refused(form, 400, INVALID_ARGUMENT, String.valueOf(malformed.getMessage()));
        } catch (ProblemException problem) {
            return refused(
                    form,
                    problem.type().status(),
                    INVALID_ARGUMENT,
                    String.valueOf(problem.getMessage()));
        } finally {
            bodies.release();
        }
    }

    private boolean enter() {
        try {
            return bodies.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Answer refused(OtlpReader form, int status, int code, String message) {
        return new Answer.Bytes(
                status, Map.of(), form.mediaType(), OtlpAnswer.refused(form, code, message));
    }

    /// The body as it was before it was compressed. Throws a problem when it is too large.
    private static byte[] plain(Call call) {
        byte[] body = call.body(MOST_BYTES);
        if (!call.header("content-encoding").map("gzip"::equalsIgnoreCase).orElse(false)) {
            return body;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(MOST_BYTES + 1);
            if (plain.length > MOST_BYTES) {
                throw ProblemException.of(
                        ProblemType.TOO_LARGE,
                        "bodies may have %d bytes at most, also when they are unpacked"
                                .formatted(MOST_BYTES));
            }
            return plain;
        } catch (IOException damaged) {
            throw ProblemException.of(
                    ProblemType.INVALID_REQUEST, "the body is no gzip, or damaged");
        }
    }
}
