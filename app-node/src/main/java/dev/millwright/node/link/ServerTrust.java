package dev.millwright.node.link;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Decides during the handshake whether the other side is a server of the cluster, and keeps in
/// plain words why not. One connection; any thread.
///
/// Names of hosts do not count: the authority gives the name of a server to servers only.
final class ServerTrust extends X509ExtendedTrustManager {
    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";

    private final String server;
    private final InstantSource clock;
    private final Authority authority;
    private volatile @Nullable String refusal;
    private volatile boolean trusted;

    /// Where the certificate has to come from.
    private sealed interface Authority {
        /// Known by their certificates.
        record Of(List<X509Certificate> certificates) implements Authority {}

        /// Known by a hash only.
        record Hashed(String hash) implements Authority {}
    }

    private ServerTrust(String server, Authority authority, InstantSource clock) {
        this.server = server;
        this.authority = authority;
        this.clock = clock;
    }

    static ServerTrust of(String server, List<X509Certificate> authorities, InstantSource clock) {
        return new ServerTrust(server, new Authority.Of(authorities), clock);
    }

    /// @param hash as [Certificates#hash] gives it
    static ServerTrust hashed(String server, String hash, InstantSource clock) {
        return new ServerTrust(server, new Authority.Hashed(hash), clock);
    }

    /// Why the server was not trusted; empty when it was, or when it did not come to that.
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /// Whether the server has shown that it belongs to the cluster.
    boolean isTrusted() {
        return trusted;
    }

    private void check(X509Certificate[] shown) throws CertificateException {
        List<X509Certificate> chain = List.of(shown);
        String problem = problem(chain);
        if (problem != null) {
            refusal = problem;
            throw new CertificateException(problem);
        }
        trusted = true;
    }

    private @Nullable String problem(List<X509Certificate> chain) {
        List<X509Certificate> anchors =
                switch (authority) {
                    case Authority.Of(var certificates) -> certificates;
                    case Authority.Hashed(String hash) ->
                            chain.stream()
                                    .filter(one -> Certificates.hash(one).equals(hash))
                                    .toList();
                };
        if (anchors.isEmpty()) {
            return unknownAuthority(chain.getLast());
        }
        X509Certificate own = chain.getFirst();
        String late = outsideOfItsTime(own);
        if (late != null) {
            return late;
        }
        if (!comesFrom(anchors, chain)) {
            return "the server at %s belongs to another cluster: its certificate does not come from"
                            .formatted(server)
                    + " the authority that this node trusts";
        }
        if (!Certificates.names(own, Certificates.SERVER) || !isForServers(own)) {
            return "what answers at %s is no server: its certificate is for something else"
                    .formatted(server);
        }
        return null;
    }

    private String unknownAuthority(X509Certificate last) {
        return Certificates.isRoot(last)
                ? ("the server at %s is not the one that made this token: its authority is %s; do not"
                                + " change --ca without asking who gave the line")
                        .formatted(server, Certificates.hash(last))
                : "the server at %s does not show its authority, so nobody can tell whether it is"
                                .formatted(server)
                        + " the one that made this token";
    }

    private @Nullable String outsideOfItsTime(X509Certificate own) {
        Instant now = clock.instant();
        Instant from = own.getNotBefore().toInstant();
        Instant to = own.getNotAfter().toInstant();
        if (!now.isBefore(from) && !now.isAfter(to)) {
            return null;
        }
        String off =
                now.isBefore(from)
                        ? ServerClock.words(Duration.between(now, from)) + " behind"
                        : ServerClock.words(Duration.between(to, now)) + " ahead";
        return ("the certificate of the server at %s is valid from %s to %s, and this machine's clock"
                        + " says %s: one of the two clocks is wrong, most likely this one, at"
                        + " least %s; set it (%s)")
                .formatted(server, from, to, now, off, ServerClock.REMEDY);
    }

    private boolean comesFrom(List<X509Certificate> anchors, List<X509Certificate> chain) {
        try {
            Set<TrustAnchor> trust =
                    anchors.stream()
                            .map(anchor -> new TrustAnchor(anchor, null))
                            .collect(Collectors.toSet());
            PKIXParameters rules = new PKIXParameters(trust);
            rules.setRevocationEnabled(false);
            rules.setDate(Date.from(clock.instant()));
            List<X509Certificate> below =
                    chain.stream().filter(one -> !anchors.contains(one)).toList();
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(below), rules);
            return !below.isEmpty();
        } catch (GeneralSecurityException untrue) {
            return false;
        }
    }

    private static boolean isForServers(X509Certificate own) {
        try {
            List<String> uses = own.getExtendedKeyUsage();
            return uses == null || uses.contains(FOR_SERVERS);
        } catch (CertificateException damaged) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("a node lets nobody in");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
