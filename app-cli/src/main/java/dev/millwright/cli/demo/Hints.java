package dev.millwright.cli.demo;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Launcher;
import java.nio.file.Path;
import java.util.List;

/// What one may try once the demo is over, as commands to be copied.
record Hints(Surroundings around, Launcher launcher, DemoServer server, DemoRepository repository) {

    /// The command as it is typed in the current directory.
    String millwright() {
        Path script = launcher.script().toAbsolutePath().normalize();
        return script.equals(around.directory().toAbsolutePath().normalize().resolve("millwright"))
                ? "./millwright"
                : script.toString();
    }

    void print(DemoScreen screen) {
        String millwright = millwright();
        List<Hint> settings =
                List.of(
                        new Hint("export MILLWRIGHT_SERVER=" + server.address(), ""),
                        new Hint("export MILLWRIGHT_KEY=$(cat " + server.keyFile() + ")", ""));
        List<Hint> tries =
                List.of(
                        new Hint(millwright + " logs demo#last/compile", "what a step printed"),
                        new Hint(millwright + " rerun last -f", "the same once more"),
                        new Hint(
                                millwright + " run demo -i greeting=Ahoy -f", "with another input"),
                        new Hint(
                                "curl -sH \"X-API-Key: $MILLWRIGHT_KEY\""
                                        + " $MILLWRIGHT_SERVER/api/v1/openapi.json",
                                "the HTTP API"),
                        new Hint(
                                "cd " + repository.workingCopy(),
                                "edit .millwright.yaml, git commit, git push"));
        Hint kill =
                new Hint("kill -9 " + server.pid(), "the server comes back and goes on with it");
        int column = tries.stream().mapToInt(hint -> hint.command().length()).max().orElse(0);
        screen.blank();
        screen.say("It stays up until Ctrl-C. Try in another terminal:");
        screen.blank();
        settings.forEach(hint -> screen.command(hint, column));
        tries.forEach(hint -> screen.command(hint, column));
        screen.blank();
        screen.say("Nothing gets lost: start a run, and while it goes on");
        screen.command(kill, column);
        screen.blank();
    }

    /// A command and what it shows.
    record Hint(String command, String about) {}
}
