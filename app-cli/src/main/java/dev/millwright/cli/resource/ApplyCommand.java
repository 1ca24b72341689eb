package dev.millwright.cli.resource;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millwright apply`.
@Command(name = "apply", description = "Create or change resources")
public final class ApplyCommand extends ServerCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "Where the resources are; may be repeated")
    private List<String> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check everything and change nothing")
    private boolean dryRun;

    @Mixin private OutputOptions output = new OutputOptions();

    public ApplyCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        List<ApplyResult.Item> all = new ArrayList<>();
        Bundle bundle = Bundle.of(ResourceText.read(files, around));
        var items =
                Refused.items(
                        terminal(), bundle, () -> client.apply(bundle.text(), namespace, dryRun));
        items.ifPresent(all::addAll);
        boolean refused = items.isEmpty() || all.stream().anyMatch(ApplyCommand::isRefused);
        if (output.format() == OutputOptions.Format.TABLE) {
            all.forEach(item -> Applied.print(terminal(), bundle, item, dryRun, refused));
        }
        if (refused) {
            terminal().note("nothing is applied");
        }
        switch (output.format()) {
            case TABLE -> {}
            case NAME -> all.forEach(item -> terminal().line(Applied.address(item)));
            case JSON, YAML -> output.one(terminal(), new ApplyResult(dryRun, all), () -> {}, "");
        }
        return refused ? ExitCode.USAGE : ExitCode.OK;
    }

    private static boolean isRefused(ApplyResult.Item item) {
        return item.action() == ApplyResult.Action.INVALID
                || item.action() == ApplyResult.Action.CONFLICT;
    }
}
