package dev.millwright.node.link;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who this node is to the servers: its name, its key, the certificates that prove it, and where
/// the servers are. Kept below `<root>/identity/`; called from any thread.
public final class NodeIdentity {
    private static final Logger log = LoggerFactory.getLogger(NodeIdentity.class);

    private final IdentityFolder folder;
    private final String name;
    private Proof proof;
    private List<String> servers;
    private long connection;

    /// A key and what is said about it.
    ///
    /// @param chain the node's own certificate first
    record Proof(KeyPair key, List<X509Certificate> chain, List<X509Certificate> authorities) {
        Proof {
            if (chain.isEmpty() || authorities.isEmpty()) {
                throw new LinkException("certificates are missing from the node's identity");
            }
            chain = List.copyOf(chain);
            authorities = List.copyOf(authorities);
            if (!chain.getFirst().getPublicKey().equals(key.getPublic())) {
                throw new LinkException("the certificate is for another key than this node's");
            }
        }

        X509Certificate own() {
            return chain.getFirst();
        }
    }

    private NodeIdentity(IdentityFolder folder, String name, Proof proof, List<String> servers) {
        this.folder = folder;
        this.name = name;
        this.proof = proof;
        this.servers = List.copyOf(servers);
    }

    /// The identity below the node's folder; empty when the node has not joined yet. Throws
    /// [LinkException] when it is damaged.
    public static Optional<NodeIdentity> load(Path root) {
        IdentityFolder folder = new IdentityFolder(root);
        if (!folder.isComplete()) {
            return Optional.empty();
        }
        Proof proof = new Proof(folder.key(), folder.chain(), folder.authorities());
        return Optional.of(new NodeIdentity(folder, folder.name(), proof, folder.servers()));
    }

    /// Keep what a server gave at joining.
    static NodeIdentity store(Path root, String name, Proof proof, List<String> servers) {
        IdentityFolder folder = new IdentityFolder(root);
        folder.storeServers(servers);
        folder.storeName(name);
        folder.store(proof.key(), proof.chain(), proof.authorities());
        return new NodeIdentity(folder, name, proof, servers);
    }

    public String name() {
        return name;
    }

    /// Addresses of all servers, `host:port`.
    public synchronized List<String> servers() {
        return servers;
    }

    /// Try this server too, until a server has told the whole list.
    public synchronized void alsoTry(String server) {
        if (!servers.contains(server)) {
            servers = Stream.concat(Stream.of(server), servers.stream()).toList();
        }
    }

    /// What a server says about where all servers are.
    synchronized void learn(List<String> told) {
        if (told.isEmpty() || told.equals(servers)) {
            return;
        }
        servers = List.copyOf(told);
        try {
            folder.storeServers(servers);
        } catch (LinkException full) {
            log.warn("the list of servers is not kept beyond this life: {}", full.getMessage());
        }
    }

    synchronized Proof proof() {
        return proof;
    }

    /// A number for the next Hello, above all before. It follows the time of day, too, so that it
    /// grows even if the last one could not be kept.
    synchronized long nextConnection() {
        connection =
                Math.max(
                        Math.max(connection, folder.connection()) + 1,
                        InstantSource.system().millis());
        try {
            folder.storeConnection(connection);
        } catch (LinkException full) {
            log.warn("the number of the connection is not kept: {}", full.getMessage());
        }
        return connection;
    }

    /// The key to ask the next certificate for.
    synchronized KeyPair nextKey() {
        return folder.nextKey();
    }

    /// Go over to the next certificate, once it is kept.
    synchronized void renew(Proof next) {
        folder.store(next.key(), next.chain(), next.authorities());
        proof = next;
    }
}
