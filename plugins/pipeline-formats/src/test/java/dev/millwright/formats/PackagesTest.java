package dev.millwright.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The script, in a real shell with package managers that only tell what they are asked for.
final class PackagesTest {
    @TempDir Path folder;

    private record Ended(int code, String output) {}

    private void tool(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\necho %s \"$@\"\n".formatted(name));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(String... packages) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                                "/bin/sh",
                                "-ec",
                                Packages.installing(List.of(packages)) + "\necho then")
                        .redirectErrorStream(true);
        builder.environment().put("PATH", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    apk      | apk add --no-cache git make
                    dnf      | dnf -q -y install git make
                    microdnf | microdnf -y install git make
                    yum      | yum -q -y install git make
                    zypper   | zypper -q -n install git make
                    pacman   | pacman -Sy --noconfirm --needed git make
                    """)
    void theManagerOfTheImageInstallsThem(String tool, String call) throws Exception {
        tool(tool);

        assertThat(run("git", "make")).isEqualTo(new Ended(0, call + "\nthen\n"));
    }

    @Test
    void debianIsAskedForItsListsFirst() throws Exception {
        tool("apt-get");

        assertThat(run("git"))
                .isEqualTo(
                        new Ended(
                                0,
                                "apt-get -qq update\napt-get -qq -y --no-install-recommends install git\nthen\n"));
    }

    @Test
    void anImageWithoutOneEndsTheStepAndSaysWhy() throws Exception {
        assertThat(run("git"))
                .isEqualTo(
                        new Ended(
                                127,
                                "the image has no package manager that is known; use one that has: git\n"));
    }
}
