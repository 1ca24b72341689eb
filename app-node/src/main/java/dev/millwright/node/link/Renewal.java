package dev.millwright.node.link;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.link.v1.RenewReply;
import dev.millwright.link.v1.RenewRequest;
import dev.millwright.model.MillwrightException;
import io.grpc.StatusRuntimeException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the node's certificate when two thirds of its life are over, each time with a new key and
/// over a connection of its own: a certificate may be renewed once only, and the connection that
/// work goes over keeps the one that it was opened with. One thread.
final class Renewal {
    private static final Logger log = LoggerFactory.getLogger(Renewal.class);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /// The clock of a machine may jump, so it is looked at now and then.
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final int JITTER = 20;

    private final NodeIdentity identity;
    private final LinkNetwork network;
    private final LinkSettings settings;
    private final InstantSource clock;
    private final ServerClock servers;
    private final RandomGenerator random;

    /// @param clock of this machine
    /// @param servers the time that counts for certificates
    Renewal(
            NodeIdentity identity,
            LinkNetwork network,
            LinkSettings settings,
            InstantSource clock,
            ServerClock servers,
            RandomGenerator random) {
        this.identity = identity;
        this.network = network;
        this.settings = settings;
        this.clock = clock;
        this.servers = servers;
        this.random = random;
    }

    /// Goes on until it is interrupted.
    void run() {
        try {
            while (true) {
                awaitTime(due(identity.proof().own()));
                while (!renew()) {
                    Thread.sleep(settings.renewalPause());
                }
                // Whatever the clocks say, a fresh certificate is not due
                Thread.sleep(settings.renewalPause());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Instant due(X509Certificate own) {
        Instant from = own.getNotBefore().toInstant();
        Duration life = Duration.between(from, own.getNotAfter().toInstant());
        long jitter = random.nextLong(Math.max(1, life.toMillis() / JITTER));
        return from.plus(life.multipliedBy(2).dividedBy(3)).minusMillis(jitter);
    }

    private void awaitTime(Instant due) throws InterruptedException {
        for (Duration left = left(due); left.isPositive(); left = left(due)) {
            servers.sleep(left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP);
        }
    }

    private Duration left(Instant due) {
        return Duration.between(servers.instant(), due);
    }

    /// True when there is a new certificate.
    private boolean renew() {
        for (String server : identity.servers()) {
            try {
                renew(server);
                return true;
            } catch (MillwrightException failed) {
                log.warn("the node's certificate is not renewed yet: {}", failed.getMessage());
            }
        }
        return false;
    }

    private void renew(String server) {
        NodeIdentity.Proof before = identity.proof();
        ServerTrust trust = ServerTrust.of(server, before.authorities(), clock);
        KeyPair key = identity.nextKey();
        try (LinkConnection connection = network.open(server, trust, before)) {
            RenewReply reply =
                    NodeLinkGrpc.newBlockingStub(connection.channel())
                            .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                            .renew(
                                    RenewRequest.newBuilder()
                                            .setCertificateRequest(
                                                    ByteString.copyFrom(NodeKeys.request(key)))
                                            .build());
            String place = "the answer of the server at " + server;
            NodeIdentity.Proof next =
                    new NodeIdentity.Proof(
                            key,
                            Joining.certificates(reply.getCertificatesList(), place),
                            Joining.certificates(reply.getAuthoritiesList(), place));
            identity.renew(next);
            log.info(
                    "the node's certificate was renewed and is valid until {}",
                    next.own().getNotAfter().toInstant());
        } catch (StatusRuntimeException refused) {
            throw new LinkException(LinkFailure.words(server, trust, refused.getStatus()), refused);
        }
    }
}
