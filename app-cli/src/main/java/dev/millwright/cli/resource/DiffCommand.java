package dev.millwright.cli.resource;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `millwright diff`.
@Command(
        name = "diff",
        description = "Show what apply would change; exit code 1 when that is something")
public final class DiffCommand extends ServerCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "Where the resources are; may be repeated")
    private List<String> files = new ArrayList<>();

    public DiffCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        Bundle bundle = Bundle.of(ResourceText.read(files, around));
        var items = Refused.items(terminal(), bundle, () -> client.diff(bundle.text(), namespace));
        int code = items.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
        for (ApplyResult.Item item : items.orElse(List.of())) {
            code = Math.max(code, print(bundle, item));
        }
        return code;
    }

    private int print(Bundle bundle, ApplyResult.Item item) {
        return switch (item.action()) {
            case UNCHANGED -> ExitCode.OK;
            case INVALID -> {
                Applied.print(terminal(), bundle, item, false, false);
                yield ExitCode.USAGE;
            }
            case CREATED, CHANGED, DELETED, CONFLICT -> {
                Applied.print(terminal(), bundle, item, true, false);
                item.diff().lines().map(DiffCommand::paint).forEach(terminal()::line);
                yield ExitCode.RUN_FAILED;
            }
        };
    }

    private static Line paint(String line) {
        Style style = Style.PLAIN;
        if (line.startsWith("+")) {
            style = Style.GREEN;
        } else if (line.startsWith("-")) {
            style = Style.RED;
        } else if (line.startsWith("@@")) {
            style = Style.CYAN;
        }
        return Line.of(style, line);
    }
}
