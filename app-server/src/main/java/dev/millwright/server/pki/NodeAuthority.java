package dev.millwright.server.pki;

import dev.millwright.model.NodeName;
import dev.millwright.server.event.Journal;
import dev.millwright.server.link.LinkAuthority;
import dev.millwright.server.link.LinkRefusal;
import dev.millwright.server.node.Enrolment;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Json;
import dev.millwright.server.store.Lane;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Decides who may come in over the link. Called from any thread; [#tick] once a second.
public final class NodeAuthority implements LinkAuthority, Enrolment {
    private static final Duration CLEANED = Duration.ofHours(1);

    /// After a restart all nodes come back at once.
    private static final int CALLERS = 4;

    private final Database database;
    private final Settings settings;
    private final ClusterAuthority authority;
    private final InstantSource clock;
    private final NodeEvents events;
    private final JoinTokens tokens;
    private final Revocations revocations;
    private final NodeCertificates certificates;
    private final ServerKeys serverKeys;
    private final AtomicReference<Instant> nextCleaning;
    private final Lane callers = new Lane(CALLERS);

    private NodeAuthority(
            Database database,
            Journal journal,
            Settings settings,
            ClusterAuthority authority,
            InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.authority = authority;
        this.clock = clock;
        this.events = new NodeEvents(journal, database);
        this.tokens = new JoinTokens(database, events);
        this.revocations = Revocations.create(database);
        this.certificates = new NodeCertificates(database, authority, events, revocations);
        this.serverKeys = new ServerKeys(newServerKey(settings, authority, clock));
        this.nextCleaning = new AtomicReference<>(clock.instant());
    }

    /// What the authority has to know about its server.
    ///
    /// @param clusterKey base64 of the key that seals the authority; empty to keep it in the data
    ///   directory; never printed
    /// @param hosts names and addresses by which nodes reach this server, besides the machine's own
    /// @param joinAddress `host:port` for the line that a new node is given
    public record Settings(
            String clusterKey,
            Path dataDirectory,
            List<String> hosts,
            Supplier<String> joinAddress) {
        public Settings {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String toString() {
            return "Settings[dataDirectory=%s, hosts=%s]".formatted(dataDirectory, hosts);
        }
    }

    /// A machine that has joined and was not removed.
    ///
    /// @param labels what it was given when it joined
    /// @param quarantinedAtOrNull since when its certificates do not count, because its key was
    ///   copied
    public record Enrolled(
            NodeName node,
            Map<String, String> labels,
            Instant joinedAt,
            @Nullable Instant quarantinedAtOrNull) {
        public Enrolled {
            labels = Map.copyOf(labels);
        }

        public Optional<Instant> quarantinedAt() {
            return Optional.ofNullable(quarantinedAtOrNull);
        }
    }

    /// Open the cluster's authority, or make it at the first start. Throws [AuthorityException]
    /// when the key that seals it is missing or wrong.
    public static NodeAuthority create(
            Database database, Journal journal, Settings settings, InstantSource clock) {
        ClusterAuthority authority =
                ClusterAuthority.create(database, settings.clusterKey(), settings.dataDirectory());
        return new NodeAuthority(database, journal, settings, authority, clock);
    }

    private static ServerKeys.Shown newServerKey(
            Settings settings, ClusterAuthority authority, InstantSource clock) {
        return authority.newServerKey(ServerNames.ofThisMachine(settings.hosts()), clock.instant());
    }

    /// Renew what has to be renewed, and learn what other servers have revoked.
    public void tick() {
        revocations.look();
        Instant now = clock.instant();
        if (!now.isBefore(ClusterAuthority.renewalOf(serverKeys.current()))) {
            serverKeys.replace(newServerKey(settings, authority, clock));
        }
        Instant due = nextCleaning.get();
        if (now.isAfter(due) && nextCleaning.compareAndSet(due, now.plus(CLEANED))) {
            tokens.forgetOld();
            certificates.forgetOld();
        }
    }

    public JoinTokens tokens() {
        return tokens;
    }

    /// 32 bytes for one purpose, the same on every server of the cluster; never stored or printed.
    public byte[] secret(String purpose) {
        return authority.secret(purpose);
    }

    /// The line that makes a machine a node when it is pasted there.
    public String joinLine(JoinTokens.NewToken token) {
        return "millwright node join --server %s --token %s --ca sha256:%s"
                .formatted(settings.joinAddress().get(), token.secret(), authority.fingerprint());
    }

    /// All that have joined and were not removed, by name.
    public List<Enrolled> enrolled() {
        return database.read(tx -> tx.dao(NodeCertificateDao.class).enrolled()).stream()
                .map(row ->
                        new Enrolled(
                                new NodeName(row.name()),
                                Json.texts(row.labels()),
                                row.joinedAt(),
                                row.quarantinedAt()))
                .toList();
    }

    /// The labels that a node was given when it joined; none for one that did not.
    @Override
    public Map<String, String> labels(NodeName node) {
        return database.read(tx -> tx.dao(NodeCertificateDao.class).labels(node.value()))
                .map(Json::texts)
                .orElse(Map.of());
    }

    @Override
    public void quarantine(NodeName node, String reason) {
        certificates.quarantine(node, reason);
    }

    /// Take a node's certificates away; its connections are cut at once. False when no such node
    /// has joined.
    ///
    /// @param by who decided it
    public boolean remove(NodeName node, String by) {
        return certificates.remove(node, by);
    }

    @Override
    public X509ExtendedKeyManager serverKeys() {
        return serverKeys;
    }

    @Override
    public List<X509Certificate> authorities() {
        return List.of(authority.certificate());
    }

    @Override
    public NodeName identify(X509Certificate certificate, String from) {
        try {
            return callers.pass(() -> certificates.identify(certificate));
        } catch (LinkRefusal refusal) {
            events.turnedAway(certificate, String.valueOf(refusal.getMessage()), from);
            throw refusal;
        }
    }

    @Override
    public void distrusted(String reason, String from) {
        events.distrusted(reason, from);
    }

    @Override
    public Issued join(
            String token,
            byte[] request,
            String wantedName,
            Map<String, String> labels,
            String from) {
        try {
            return join(token, CertificateRequest.parse(request), wantedName, labels, from);
        } catch (LinkRefusal refusal) {
            events.refused(
                    String.valueOf(refusal.getMessage()), tokens.idOf(token).orElse(""), from);
            throw refusal;
        }
    }

    private Issued join(
            String token,
            CertificateRequest request,
            String wantedName,
            Map<String, String> labels,
            String from) {
        try {
            return database.durable(tx -> {
                JoinTokens.OpenToken redeemed = tokens.redeem(tx, token);
                NodeName node = nameOf(redeemed, wantedName);
                Map<String, String> all = new TreeMap<>(NodeRules.labels(labels));
                all.putAll(redeemed.labels());
                X509Certificate own = certificates.enrol(tx, node, NodeRules.labels(all), request);
                events.joined(tx, node, redeemed.id(), from);
                return issued(node, own);
            });
        } catch (DuplicateException raced) {
            throw new LinkRefusal(
                    "another machine has just joined under this name; remove it first or choose another name with --name");
        }
    }

    private static NodeName nameOf(JoinTokens.OpenToken token, String wantedName) {
        if (token.node().isEmpty()) {
            if (wantedName.isEmpty()) {
                throw new LinkRefusal("the node needs a name; give it one with --name");
            }
            return NodeRules.name(wantedName);
        }
        if (!wantedName.isEmpty() && !wantedName.equals(token.node())) {
            throw new LinkRefusal(
                    "the token is for a node named '%s'; leave --name out, or make another token"
                            .formatted(token.node()));
        }
        return NodeRules.name(token.node());
    }

    @Override
    public Issued renew(X509Certificate current, byte[] request) {
        NodeCertificates.Renewed renewed =
                certificates.renew(current, CertificateRequest.parse(request));
        return issued(renewed.node(), renewed.certificate());
    }

    private Issued issued(NodeName node, X509Certificate own) {
        return new Issued(node, List.of(own, authority.certificate()), authorities());
    }

    @Override
    public void onRevoked(Consumer<NodeName> listener) {
        revocations.listen(listener);
    }
}
