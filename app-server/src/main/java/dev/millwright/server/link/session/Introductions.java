package dev.millwright.server.link.session;

import dev.millwright.link.v1.Dismissed;
import dev.millwright.link.v1.ForgetRun;
import dev.millwright.link.v1.Heartbeat;
import dev.millwright.link.v1.HeartbeatAck;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.link.v1.Welcome;
import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.node.link.LinkException;
import dev.millwright.node.link.Pairs;
import dev.millwright.node.link.Wire;
import dev.millwright.server.node.NodeGreeting;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLine;
import dev.millwright.server.node.NodeProfile;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Translates what only the server's end reads or writes: Hello and Welcome, the answer to a
/// heartbeat, farewells. Stateless.
final class Introductions {
    private static final int MOST_MISSING = 100;

    private Introductions() {}

    /// Throws [LinkException] when it makes no sense.
    static NodeHello hello(Hello wire) {
        if (wire.getSlots() < 0) {
            throw new LinkException("a node cannot have %d slots".formatted(wire.getSlots()));
        }
        return new NodeHello(
                wire.getConnection(),
                new NodeProfile(
                        wire.getVersion(),
                        wire.getBoot(),
                        wire.getLife(),
                        Pairs.map(wire.getLabelsList()),
                        Pairs.map(wire.getFactsList()),
                        Set.copyOf(wire.getRunnersList()),
                        missing(Pairs.map(wire.getMissingList())),
                        wire.getSlots()),
                wire.getAttemptsList().stream().map(Wire::known).toList(),
                wire.getMayHaveForgotten(),
                wire.getRunsList().stream().map(Introductions::run).toList(),
                Set.copyOf(wire.getRepositoriesList()));
    }

    /// Kinds that a node cannot carry out, and why, in words that can be shown.
    static Map<String, String> missing(Map<String, String> wire) {
        Map<String, String> plain = new TreeMap<>();
        wire.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_MISSING)
                .forEach(one ->
                        plain.put(PlainWords.of(one.getKey()), PlainWords.of(one.getValue())));
        return Map.copyOf(plain);
    }

    static ServerMessage welcome(
            int protocol, NodeName node, SessionSettings settings, NodeGreeting greeting) {
        Welcome.Builder wire =
                Welcome.newBuilder()
                        .setProtocol(protocol)
                        .setNode(node.value())
                        .setHeartbeatMillis(settings.heartbeat().toMillis())
                        .addAllServers(settings.servers().get())
                        .setNowMillis(settings.clock().millis())
                        .setDraining(greeting.draining());
        greeting.settlements()
                .forEach((attempt, settlement) ->
                        wire.addSettled(Wire.settled(attempt, settlement)));
        greeting.unknown().forEach(attempt -> wire.addUnknownAttempts(attempt.toString()));
        greeting.finishedRuns().forEach(run -> wire.addFinishedRuns(run.toString()));
        return ServerMessage.newBuilder().setWelcome(wire).build();
    }

    static ServerMessage answer(Heartbeat heartbeat, NodeHost.Beat beat, SessionSettings settings) {
        HeartbeatAck.Builder wire =
                HeartbeatAck.newBuilder()
                        .setNumber(heartbeat.getNumber())
                        .setDraining(beat.draining())
                        .setNowMillis(settings.clock().millis())
                        .addAllServers(settings.servers().get());
        for (NodeHost.StopOrder stop : beat.stops()) {
            wire.addStops(Wire.stop(stop.attempt(), stop.reason(), stop.grace()));
        }
        return ServerMessage.newBuilder().setHeartbeatAck(wire).build();
    }

    static ServerMessage dismissed(NodeLine.Dismissal cause, String why) {
        Dismissed wire =
                Dismissed.newBuilder()
                        .setCode(Dismissed.Code.valueOf(cause.name()))
                        .setReason(why)
                        .build();
        return ServerMessage.newBuilder().setDismissed(wire).build();
    }

    static ServerMessage forget(RunId run) {
        ForgetRun wire = ForgetRun.newBuilder().setRun(run.toString()).build();
        return ServerMessage.newBuilder().setForgetRun(wire).build();
    }

    /// Throws [LinkException] when it is no id.
    static AttemptId attempt(String text) {
        try {
            return AttemptId.parse(text);
        } catch (MillwrightException malformed) {
            throw new LinkException(
                    "an id came over the link damaged: " + malformed.getMessage(), malformed);
        }
    }

    private static RunId run(String text) {
        try {
            return RunId.parse(text);
        } catch (MillwrightException malformed) {
            throw new LinkException(
                    "an id came over the link damaged: " + malformed.getMessage(), malformed);
        }
    }
}
