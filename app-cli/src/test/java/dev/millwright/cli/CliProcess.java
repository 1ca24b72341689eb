package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Carries out a command line in a process of its own, for commands that need a launcher.
public final class CliProcess {
    private CliProcess() {}

    /// Run it to its end; standard output and standard error come as one. The installation has the
    /// plugins that lie in the folder's `plugins`.
    ///
    /// @param folder where the launcher script is put
    /// @param script what the launcher does, as shell commands
    /// @param environment added to the own environment
    public static Cli.Result run(
            Path folder, String script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dmillwright.launcher=" + launcher,
                                "-Dmillwright.home=" + folder,
                                "-cp",
                                System.getProperty("java.class.path"),
                                CliMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Cli.Result(process.waitFor(), text, "");
    }
}
