package dev.millwright.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How an engine is started so that it has nothing in common with another one of the machine.
enum EngineKind {
    DOCKER {
        @Override
        void install() {
            // Its client is needed for every kind
        }

        @Override
        ProcessBuilder program(Path home, String host) {
            return program(
                    EnginePrograms.at("dockerd").toString(),
                    "--data-root=" + home.resolve("data"),
                    "--exec-root=" + home.resolve("exec"),
                    "--pidfile=" + home.resolve("pid"),
                    "--host=" + host,
                    "--iptables=false",
                    "--ip6tables=false",
                    "--bridge=none",
                    "--storage-driver=overlay2");
        }
    },

    /// Containers outlive it.
    LIVE_DOCKER {
        @Override
        void install() {
            DOCKER.install();
        }

        @Override
        ProcessBuilder program(Path home, String host) throws IOException {
            ProcessBuilder docker = DOCKER.program(home, host);
            docker.command().add("--live-restore");
            return docker;
        }
    },

    /// Listens with TLS, too.
    TLS_DOCKER {
        @Override
        void install() {
            EnginePrograms.install(List.of("openssl"), List.of("openssl"));
        }

        @Override
        ProcessBuilder program(Path home, String host) throws IOException {
            TlsFiles tls = TlsFiles.in(home);
            ProcessBuilder docker = DOCKER.program(home, host);
            docker.command()
                    .addAll(
                            List.of(
                                    "--host=" + tls.host(),
                                    "--tlsverify",
                                    "--tlscacert=" + tls.server().resolve("ca.pem"),
                                    "--tlscert=" + tls.server().resolve("cert.pem"),
                                    "--tlskey=" + tls.server().resolve("key.pem")));
            return docker;
        }
    },

    /// The newer of its runtimes refuses machines with both generations of control groups, and its
    /// limits for open files are more than some machines have.
    PODMAN {
        @Override
        void install() {
            EnginePrograms.install(
                    List.of("podman", "runc", "conmon"),
                    List.of("podman", "runc", "conmon", "netavark", "aardvark-dns", "iptables"));
        }

        @Override
        ProcessBuilder program(Path home, String host) throws IOException {
            Path settings =
                    Files.writeString(
                            home.resolve("containers.conf"),
                            """
                            [containers]
                            default_ulimits = ["nofile=16384:16384", "nproc=8192:8192"]
                            [network]
                            network_backend = "netavark"
                            network_config_dir = "%s"
                            """
                                    .formatted(home.resolve("networks")));
            ProcessBuilder builder =
                    program(
                            EnginePrograms.at("podman").toString(),
                            "--root=" + home.resolve("data"),
                            "--runroot=" + home.resolve("run"),
                            "--tmpdir=" + home.resolve("tmp"),
                            "--cgroup-manager=cgroupfs",
                            "--storage-driver=overlay",
                            "--runtime=" + EnginePrograms.at("runc"),
                            "system",
                            "service",
                            "--time=0",
                            host);
            builder.environment().put("CONTAINERS_CONF", settings.toString());
            return builder;
        }
    };

    abstract void install();

    /// @param host where it is to listen
    abstract ProcessBuilder program(Path home, String host) throws IOException;

    static ProcessBuilder program(String... command) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
        builder.environment().put("PATH", "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return builder;
    }
}
