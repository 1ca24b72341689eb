package dev.millwright.node.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.millwright.engine.progress.Action;
import dev.millwright.link.v1.Assign;
import dev.millwright.link.v1.Ended;
import dev.millwright.link.v1.KnownAttempt;
import dev.millwright.link.v1.Log;
import dev.millwright.link.v1.Output;
import dev.millwright.link.v1.Position;
import dev.millwright.link.v1.Settled;
import dev.millwright.link.v1.Stop;
import dev.millwright.link.v1.Workspace;
import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.json.JsonText;
import dev.millwright.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Translates between the records of the node and the messages of the link, for both ends. Pure;
/// any thread. What comes from the other side and makes no sense gives [LinkException].
public final class Wire {
    /// The newest version of the conversation that this program speaks; it also speaks the one
    /// before.
    public static final int PROTOCOL = 1;

    private Wire() {}

    public static Assign assign(Assignment assignment) {
        Assign.Builder wire =
                Assign.newBuilder()
                        .setAttempt(assignment.attempt().toString())
                        .setFence(assignment.fence())
                        .setRun(assignment.run().toString())
                        .setPath(assignment.path().value())
                        .setRunner(assignment.runner())
                        .setParameters(JsonText.write(assignment.parameters().values()))
                        .addAllEnvironment(Pairs.of(assignment.environment()))
                        .setGraceMillis(assignment.grace().toMillis())
                        .setLogLimit(assignment.logLimit())
                        .addAllChangedFiles(assignment.changedFiles());
        assignment
                .secrets()
                .forEach((reference, secret) ->
                        wire.addSecrets(Pairs.pair(reference, secret.reveal())));
        assignment.directory().ifPresent(wire::setDirectory);
        assignment.workspace().map(Wire::workspace).ifPresent(wire::setWorkspace);
        assignment.timeout().map(Duration::toMillis).ifPresent(wire::setTimeoutMillis);
        assignment.outputs().stream().map(Wire::output).forEach(wire::addOutputs);
        return wire.build();
    }

    public static Assignment assignment(Assign wire) {
        return read(
                "an assignment",
                () ->
                        Assignment.builder(
                                        AttemptId.parse(wire.getAttempt()),
                                        wire.getFence(),
                                        RunId.parse(wire.getRun()),
                                        StepPath.parse(wire.getPath()),
                                        wire.getRunner(),
                                        new Parameters(
                                                JsonText.object(wire.getParameters()).allValues()))
                                .environment(Pairs.map(wire.getEnvironmentList()))
                                .directory(wire.hasDirectory() ? wire.getDirectory() : null)
                                .workspace(
                                        wire.hasWorkspace() ? request(wire.getWorkspace()) : null)
                                .timeout(
                                        wire.hasTimeoutMillis()
                                                ? Duration.ofMillis(wire.getTimeoutMillis())
                                                : null)
                                .grace(Duration.ofMillis(wire.getGraceMillis()))
                                .logLimit(wire.getLogLimit())
                                .outputs(wire.getOutputsList().stream().map(Wire::source).toList())
                                .changedFiles(wire.getChangedFilesList())
                                .secrets(secrets(wire))
                                .build());
    }

    private static Map<String, Secret> secrets(Assign wire) {
        Map<String, Secret> secrets = new HashMap<>();
        Pairs.map(wire.getSecretsList())
                .forEach((reference, value) -> secrets.put(reference, Secret.of(value)));
        return secrets;
    }

    private static Workspace workspace(WorkspaceRequest request) {
        Workspace.Builder wire =
                Workspace.newBuilder()
                        .setUrl(request.url())
                        .setCommit(request.commit())
                        .setDepth(request.checkout().depth())
                        .setSubmodules(request.checkout().submodules())
                        .setLargeFiles(request.checkout().lfs());
        request.ref().ifPresent(wire::setRef);
        if (request.loginOrNull() != null) {
            wire.setLogin(LoginWire.wire(request.loginOrNull()));
        }
        return wire.build();
    }

    private static WorkspaceRequest request(Workspace wire) {
        return new WorkspaceRequest(
                wire.getUrl(),
                wire.getCommit(),
                wire.hasRef() ? wire.getRef() : null,
                new Source.Checkout(wire.getDepth(), wire.getSubmodules(), wire.getLargeFiles()),
                wire.hasLogin() ? LoginWire.login(wire.getLogin()) : null);
    }

    private static Output output(OutputSource source) {
        Output.Builder wire = Output.newBuilder().setName(source.name()).setFile(source.file());
        if (source.regexOrNull() != null) {
            wire.setRegex(source.regexOrNull());
        }
        return wire.build();
    }

    private static OutputSource source(Output wire) {
        return new OutputSource(
                wire.getName(), wire.getFile(), wire.hasRegex() ? wire.getRegex() : null);
    }

    public static Log log(AttemptId attempt, long fence, LogChunk chunk) {
        return Log.newBuilder()
                .setAttempt(attempt.toString())
                .setFence(fence)
                .setSequence(chunk.sequence())
                .setFirstLine(chunk.firstLine())
                .setLineCount(chunk.lineCount())
                .setOutOffset(chunk.outOffset())
                .setOutLength(chunk.outLength())
                .setErrOffset(chunk.errOffset())
                .setErrLength(chunk.errLength())
                .setFirstAtMicros(micros(chunk.firstAt()))
                .setData(UnsafeByteOperations.unsafeWrap(chunk.data()))
                .build();
    }

    public static LogChunk chunk(Log wire) {
        ByteString data = wire.getData();
        return read(
                "a log chunk",
                () ->
                        new LogChunk(
                                wire.getSequence(),
                                wire.getFirstLine(),
                                wire.getLineCount(),
                                wire.getOutOffset(),
                                wire.getOutLength(),
                                wire.getErrOffset(),
                                wire.getErrLength(),
                                instant(wire.getFirstAtMicros()),
                                data.toByteArray()));
    }

    public static Ended ended(AttemptId attempt, long fence, AttemptEnd end) {
        Ended.Builder wire =
                Ended.newBuilder()
                        .setAttempt(attempt.toString())
                        .setFence(fence)
                        .setOutcome(end.outcome().word())
                        .setCause(end.cause())
                        .setText(end.message())
                        .addAllOutputs(Pairs.of(end.outputs()))
                        .setStartedAtMicros(micros(end.startedAt()))
                        .setEndedAtMicros(micros(end.endedAt()))
                        .setLines(end.lines())
                        .setOutBytes(end.outBytes())
                        .setErrBytes(end.errBytes());
        end.exitCode().ifPresent(wire::setExitCode);
        return wire.build();
    }

    public static AttemptEnd end(Ended wire) {
        return read(
                "an end",
                () ->
                        new AttemptEnd(
                                word(Outcome.class, wire.getOutcome()),
                                wire.getCause(),
                                wire.getText(),
                                exitCode(wire),
                                Pairs.map(wire.getOutputsList()),
                                instant(wire.getStartedAtMicros()),
                                instant(wire.getEndedAtMicros()),
                                wire.getLines(),
                                wire.getOutBytes(),
                                wire.getErrBytes()));
    }

    private static @Nullable Integer exitCode(Ended wire) {
        return wire.hasExitCode() ? (Integer) wire.getExitCode() : null;
    }

    public static KnownAttempt known(Known known) {
        return KnownAttempt.newBuilder()
                .setAttempt(known.attempt().toString())
                .setFence(known.fence())
                .setRun(known.run().toString())
                .setPath(known.path().value())
                .setState(KnownAttempt.State.valueOf(known.state().name()))
                .build();
    }

    public static Known known(KnownAttempt wire) {
        return read(
                "a known attempt",
                () ->
                        new Known(
                                AttemptId.parse(wire.getAttempt()),
                                wire.getFence(),
                                RunId.parse(wire.getRun()),
                                StepPath.parse(wire.getPath()),
                                word(Known.State.class, wire.getState().name())));
    }

    public static Settled settled(AttemptId attempt, Settlement settlement) {
        Settled.Builder wire = Settled.newBuilder().setAttempt(attempt.toString());
        switch (settlement) {
            case Settlement.Continue(LogPosition at) ->
                    wire.setGoOn(
                            Position.newBuilder()
                                    .setSequence(at.sequence())
                                    .setLine(at.line())
                                    .setOutOffset(at.outOffset())
                                    .setErrOffset(at.errOffset()));
            case Settlement.Forget _ -> wire.setForget(true);
            case Settlement.Fenced _ -> wire.setFenced(true);
        }
        return wire.build();
    }

    public static Settlement settlement(Settled wire) {
        return switch (wire.getSettlementCase()) {
            case GO_ON -> {
                Position at = wire.getGoOn();
                yield new Settlement.Continue(
                        new LogPosition(
                                at.getSequence(),
                                at.getLine(),
                                at.getOutOffset(),
                                at.getErrOffset()));
            }
            case FORGET -> new Settlement.Forget();
            case FENCED -> new Settlement.Fenced();
            case SETTLEMENT_NOT_SET ->
                    throw new LinkException("a settlement that this version does not know");
        };
    }

    public static Stop stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        return Stop.newBuilder()
                .setAttempt(attempt.toString())
                .setReason(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .setGraceMillis(grace.toMillis())
                .build();
    }

    public static Action.Reason reason(Stop wire) {
        return word(Action.Reason.class, wire.getReason());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        try {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new LinkException(
                    "'%s' is a word that this version does not know".formatted(word), unknown);
        }
    }

    private interface Reading<T> {
        T now();
    }

    private static <T> T read(String what, Reading<T> reading) {
        try {
            return reading.now();
        } catch (JacksonException
                | MillwrightException
                | IllegalArgumentException
                | NullPointerException wrong) {
            throw new LinkException(
                    "%s came over the link damaged: %s".formatted(what, wrong.getMessage()), wrong);
        }
    }
}
