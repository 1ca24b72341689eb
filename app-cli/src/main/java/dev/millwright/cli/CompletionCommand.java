package dev.millwright.cli;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `millwright completion`.
@Command(
        name = "completion",
        description = "Print the completion script of a shell",
        footer = {
            "",
            "  bash: source <(millwright completion bash)",
            "  zsh:  source <(millwright completion zsh)",
            "  fish: millwright completion fish > ~/.config/fish/completions/millwright.fish",
            "  pwsh: millwright completion pwsh | Out-String | Invoke-Expression"
        })
final class CompletionCommand extends BaseCommand {
    /// The shells that scripts are made for.
    enum Shell {
        BASH,
        ZSH,
        FISH,
        PWSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh|fish|pwsh", description = "The shell")
    private Shell shell = Shell.BASH;

    CompletionCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        terminal()
                .out()
                .print(
                        switch (shell) {
                            // picocli's script loads bash's own completion into zsh.
                            case BASH, ZSH -> AutoComplete.bash("millwright", root.commandLine());
                            case FISH -> CompletionScripts.fish(root);
                            case PWSH -> CompletionScripts.pwsh(root);
                        });
        return ExitCode.OK;
    }
}
