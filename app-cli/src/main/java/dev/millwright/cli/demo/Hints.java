package dev.millwright.cli.demo;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Launcher;
import java.nio.file.Path;

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
        screen.blank();
        screen.say("It stays up until Ctrl-C. Try in another terminal:");
        screen.blank();
        screen.command("export MILLWRIGHT_SERVER=" + server.address(), "");
        screen.command("export MILLWRIGHT_KEY=$(cat " + server.keyFile() + ")", "");
        screen.command(millwright + " logs demo#last/compile", "what a step printed");
        screen.command(millwright + " rerun last -f", "the same once more");
        screen.command(millwright + " run demo -i greeting=Ahoy -f", "with another input");
        screen.command("curl -s $MILLWRIGHT_SERVER/api/v1/openapi.json", "the HTTP API");
        screen.command(
                "cd " + repository.workingCopy(), "edit .millwright.yaml, git commit, git push");
        screen.blank();
        screen.say("Nothing gets lost: start a run, and while it goes on");
        screen.command("kill -9 " + server.pid(), "the server comes back and goes on with it");
        screen.blank();
    }
}
