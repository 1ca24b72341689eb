package dev.millwright.node.link;

import dev.millwright.model.MillwrightException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a node connected to some server of its cluster, for ever.
///
/// 1. [#run] is called once, on a thread of its own; it returns when the node was removed or this
///    was closed. It takes one message of the server after the other and lets go of an old stream
///    before it composes the next Hello.
/// 2. [#close] says goodbye; from any thread.
public final class NodeLinkClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeLinkClient.class);

    private final Conversation.Parts parts;
    private final LinkNetwork network;
    private final InstantSource clock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Backoff backoff;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable LinkStream current;

    private NodeLinkClient(Conversation.Parts parts, LinkNetwork network, InstantSource clock) {
        this.parts = parts;
        this.network = network;
        this.clock = clock;
        LinkSettings settings = parts.settings();
        this.backoff = Backoff.of(settings, random);
    }

    /// Nothing is connected yet.
    ///
    /// @param reports the ones that the node's agent was created with
    public static NodeLinkClient create(
            LinkedNode node,
            NodeIdentity identity,
            LinkReports reports,
            FactsLine facts,
            LinkSettings settings) {
        return create(node, identity, reports, facts, settings, InstantSource.system());
    }

    /// @param clock of this machine
    static NodeLinkClient create(
            LinkedNode node,
            NodeIdentity identity,
            LinkReports reports,
            FactsLine facts,
            LinkSettings settings,
            InstantSource clock) {
        return new NodeLinkClient(
                new Conversation.Parts(
                        node,
                        identity,
                        new ServerOrders(node, reports),
                        reports,
                        facts,
                        new ServerClock(clock, facts),
                        new LinkNews(),
                        settings),
                new LinkNetwork(settings.connectTimeout()),
                clock);
    }

    /// Stay connected. Gives the words with which the node was removed; empty when this was closed.
    public Optional<String> run() throws InterruptedException {
        Renewal renewal =
                new Renewal(
                        parts.identity(), network, parts.settings(), clock, parts.clock(), random);
        Thread renewing = Thread.ofVirtual().name("certificate").start(renewal::run);
        try {
            return stayConnected();
        } finally {
            renewing.interrupt();
            renewing.join();
        }
    }

    private Optional<String> stayConnected() throws InterruptedException {
        int at = random.nextInt(Math.max(1, parts.identity().servers().size()));
        while (closing.getCount() > 0) {
            List<String> servers = parts.identity().servers();
            Duration pause;
            switch (converse(servers.get(Math.floorMod(at++, servers.size())))) {
                case Ending.Closed _ -> {
                    return Optional.empty();
                }
                case Ending.Removed(String words) -> {
                    return Optional.of(words);
                }
                case Ending.GoingDown(String words) -> {
                    pause = backoff.little();
                    failed(words, false, pause).ifPresent(log::info);
                }
                case Ending.Refused(String words) -> {
                    pause = backoff.hopeless();
                    failed(words, true, pause).ifPresent(log::warn);
                }
                case Ending.Broken(String words) -> {
                    pause = backoff.failed();
                    failed(words, false, pause).ifPresent(log::warn);
                }
            }
            var _ = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.empty();
    }

    private Optional<String> failed(String words, boolean hopeless, Duration pause) {
        return parts.news().failed(words, hopeless, pause, System.nanoTime());
    }

    private Ending converse(String server) throws InterruptedException {
        NodeIdentity.Proof proof = parts.identity().proof();
        ServerTrust trust = ServerTrust.of(server, proof.authorities(), clock);
        LinkConnection connection;
        try {
            connection = network.open(server, trust, proof);
        } catch (LinkException unusable) {
            return new Ending.Broken(String.valueOf(unusable.getMessage()));
        }
        LinkStream stream = LinkStream.open(connection.channel());
        Conversation conversation =
                new Conversation(
                        parts,
                        server,
                        trust,
                        stream,
                        new LinkPluginSource(connection.channel(), server));
        current = stream;
        if (closing.getCount() == 0) {
            stream.interrupt();
        }
        try {
            return conversation.hold();
        } catch (MillwrightException impossible) {
            return new Ending.Broken(
                    "what the server at %s says makes no sense: %s"
                            .formatted(server, impossible.getMessage()));
        } catch (RuntimeException unexpected) {
            log.error("the conversation with {} broke on a fault", server, unexpected);
            return new Ending.Broken("it broke on a fault: " + unexpected);
        } finally {
            current = null;
            if (conversation.wasSettled()) {
                backoff.succeeded();
            }
            stream.drop();
            connection.close();
        }
    }

    /// Say goodbye and let [#run] return. Steps go on.
    @Override
    public void close() {
        closing.countDown();
        LinkStream stream = current;
        if (stream != null) {
            stream.interrupt();
        }
    }
}
