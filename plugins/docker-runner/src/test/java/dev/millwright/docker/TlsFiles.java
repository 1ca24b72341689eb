package dev.millwright.docker;

import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An authority, and what an engine at 127.0.0.1 and its clients have from it, as Docker's own
/// documentation makes them: `ca.pem`, `cert.pem` and `key.pem` in a folder each.
///
/// @param port of the engine
record TlsFiles(Path folder, int port) {
    /// Those of an engine's home; made when there are none.
    static TlsFiles in(Path home) throws IOException {
        Path folder = home.resolve("tls");
        Path port = folder.resolve("port");
        if (!Files.exists(port)) {
            Files.createDirectories(folder);
            make(folder);
            Files.writeString(port, Integer.toString(Ports.free()));
        }
        return new TlsFiles(folder, Integer.parseInt(Files.readString(port)));
    }

    String host() {
        return "tcp://127.0.0.1:" + port;
    }

    Path server() {
        return folder.resolve("server");
    }

    Path client() {
        return folder.resolve("client");
    }

    /// One that another authority has signed.
    Path stranger() {
        return folder.resolve("stranger");
    }

    private static void make(Path folder) throws IOException {
        authority(folder, "ca");
        authority(folder, "other");
        member(folder, "server", "ca", "subjectAltName=IP:127.0.0.1");
        member(folder, "client", "ca", "extendedKeyUsage=clientAuth");
        member(folder, "stranger", "other", "extendedKeyUsage=clientAuth");
    }

    private static void authority(Path folder, String name) {
        openssl(
                folder,
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=%1$s -keyout %1$s-key.pem -out %1$s.pem"
                        .formatted(name));
    }

    private static void member(Path folder, String name, String authority, String extension)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.writeString(own.resolve("extensions"), extension);
        openssl(
                folder,
                "req -newkey rsa:2048 -nodes -subj /CN=%1$s -keyout %1$s/key.pem -out %1$s/request"
                        .formatted(name));
        openssl(
                folder,
                "x509 -req -days 2 -in %1$s/request -CA %2$s.pem -CAkey %2$s-key.pem -CAcreateserial -extfile %1$s/extensions -out %1$s/cert.pem"
                        .formatted(name, authority));
        // What it trusts is the same for all
        Files.copy(folder.resolve("ca.pem"), own.resolve("ca.pem"));
    }

    private static void openssl(Path folder, String arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "-C",
                                folder.toString(),
                                EnginePrograms.at("openssl").toString()));
        command.addAll(Arrays.asList(arguments.split(" ")));
        var _ = EnginePrograms.run(command);
    }
}
