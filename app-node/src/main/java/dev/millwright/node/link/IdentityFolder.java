package dev.millwright.node.link;

import dev.millwright.node.OwnerOnly;
import dev.millwright.node.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;

/// The files of a node's identity, below `<root>/identity/`, readable by their owner only: `name`,
/// `servers` (one a line), `authorities.pem`, `node.pem` (key and certificates in one file, so that
/// they change together), `next.pem`, a key for which a certificate has been asked, and
/// `connection`, the number of the last Hello. Files appear whole or not at all.
///
/// Used by one thread at a time.
final class IdentityFolder {
    private static final String NODE = "node.pem";
    private static final String NEXT = "next.pem";
    private static final String AUTHORITIES = "authorities.pem";
    private static final String CONNECTION = "connection";

    private final Path folder;

    IdentityFolder(Path root) {
        this.folder = root.resolve("identity");
    }

    boolean isComplete() {
        return Files.exists(folder.resolve(NODE)) && Files.exists(folder.resolve("name"));
    }

    String name() {
        return read("name").strip();
    }

    List<String> servers() {
        return read("servers").lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    KeyPair key() {
        return Pem.keyPair(read(NODE), folder.resolve(NODE).toString());
    }

    List<X509Certificate> chain() {
        return Pem.certificates(read(NODE), folder.resolve(NODE).toString());
    }

    List<X509Certificate> authorities() {
        return Pem.certificates(read(AUTHORITIES), folder.resolve(AUTHORITIES).toString());
    }

    /// The key to ask a certificate for. It is the same until the certificate is there: an answer
    /// that was lost on the way must not look as if somebody else had asked.
    KeyPair nextKey() {
        if (Files.exists(folder.resolve(NEXT))) {
            return Pem.keyPair(read(NEXT), folder.resolve(NEXT).toString());
        }
        KeyPair key = NodeKeys.create();
        write(NEXT, Pem.of(key));
        return key;
    }

    /// The number of the last connection; 0 when there was none.
    long connection() {
        try {
            return Files.exists(folder.resolve(CONNECTION))
                    ? Long.parseLong(read(CONNECTION).strip())
                    : 0;
        } catch (NumberFormatException damaged) {
            // The time of day, which the next number is not below, is as good
            return 0;
        }
    }

    void storeConnection(long number) {
        write(CONNECTION, number + "\n");
    }

    void storeName(String name) {
        write("name", name + "\n");
    }

    void storeServers(List<String> servers) {
        write("servers", String.join("\n", servers) + "\n");
    }

    void store(KeyPair key, List<X509Certificate> chain, List<X509Certificate> authorities) {
        write(AUTHORITIES, Pem.of(authorities));
        write(NODE, Pem.of(key) + Pem.of(chain));
        try {
            Files.deleteIfExists(folder.resolve(NEXT));
        } catch (IOException busy) {
            throw unusable(folder.resolve(NEXT), busy);
        }
    }

    private String read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw unusable(file, broken);
        }
    }

    private void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            OwnerOnly.keep(folder);
            WholeFile.write(file, text);
        } catch (IOException broken) {
            throw unusable(file, broken);
        }
    }

    private static LinkException unusable(Path file, IOException why) {
        return new LinkException(
                "the node's identity cannot be kept: %s: %s".formatted(file, why.getMessage()),
                why);
    }
}
