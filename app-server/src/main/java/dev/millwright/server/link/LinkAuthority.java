package dev.millwright.server.link;

import dev.millwright.model.NodeName;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedKeyManager;

/// Who may come in: gives certificates and knows those that still count. Called from any thread.
public interface LinkAuthority {
    /// The key and certificate that the server shows. A renewed one is shown from the next
    /// handshake on.
    X509ExtendedKeyManager serverKeys();

    /// The certificates from which those of nodes have to come.
    List<X509Certificate> authorities();

    /// Whose certificate it is. Throws [LinkRefusal] when it was revoked, is unknown, is not a
    /// node's, or when its node stands in quarantine.
    ///
    /// @param from address of the machine, for the record
    NodeName identify(X509Certificate certificate, String from);

    /// Make a machine a node. Throws [LinkRefusal] when the token is unknown, used or expired, or
    /// when the request is unusable.
    ///
    /// @param token the secret part of the one-time token
    /// @param request PKCS#10 in DER; only its key counts
    /// @param wantedName may be empty
    /// @param from address of the machine, for the record
    Issued join(
            String token,
            byte[] request,
            String wantedName,
            Map<String, String> labels,
            String from);

    /// Give a node its next certificate. A second renewal of the same certificate means that its
    /// key was copied: the node is put into quarantine and [LinkRefusal] is thrown.
    Issued renew(X509Certificate current, byte[] request);

    /// No trust could be established with a machine, which is not known therefore.
    ///
    /// @param from address of the machine, for the record
    void distrusted(String reason, String from);

    /// Call somebody as soon as a node's certificates count no more, on any thread.
    void onRevoked(Consumer<NodeName> listener);

    /// A certificate that was given out.
    ///
    /// @param chain the node's own first
    record Issued(NodeName node, List<X509Certificate> chain, List<X509Certificate> authorities) {
        public Issued {
            chain = List.copyOf(chain);
            authorities = List.copyOf(authorities);
        }
    }
}
