package dev.millwright.cli.resource;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright delete`.
@Command(name = "delete", description = "Delete resources by name or by the files they came from")
public final class DeleteCommand extends ServerCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND[/NAME]",
            description = "Such as pipeline")
    private @Nullable String kind;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Which ones")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|DIR|-",
            description = "Delete every resource that stands in there")
    private List<String> files = new ArrayList<>();

    public DeleteCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        String wanted = kind;
        int slash = wanted == null ? -1 : wanted.indexOf('/');
        if (wanted != null && slash > 0 && names.isEmpty()) {
            // As 'get -o name' prints it
            names = List.of(wanted.substring(slash + 1));
            wanted = wanted.substring(0, slash);
        }
        if (files.isEmpty() == (wanted == null) || (wanted != null && names.isEmpty())) {
            throw CliException.usage("say what to delete: KIND NAME, or -f FILE");
        }
        if (wanted != null) {
            delete(client, namespace, wanted);
        }
        for (ResourceText file : ResourceText.read(files, around)) {
            // The server reads the documents; a comparison changes nothing.
            var items =
                    Refused.items(
                            terminal(),
                            Bundle.of(List.of(file)),
                            () -> client.diff(file.text(), namespace));
            if (items.isEmpty()) {
                return ExitCode.USAGE;
            }
            for (ApplyResult.Item item : items.get().reversed()) {
                if (item.action() == ApplyResult.Action.CREATED || item.name().isEmpty()) {
                    terminal().line(Line.of(Style.DIM, "absent     " + Applied.address(item)));
                } else {
                    delete(client, item.namespace(), Kinds.of(item.kind()), item.name());
                }
            }
        }
        return ExitCode.OK;
    }

    private void delete(MillwrightClient client, String namespace, String wanted) {
        try {
            names.forEach(name -> delete(client, namespace, Kinds.of(wanted), name));
        } catch (ApiException refused) {
            throw Kinds.refusal(refused, wanted, Kinds.RESOURCES);
        }
    }

    private void delete(MillwrightClient client, String namespace, String kinds, String name) {
        if (kinds.equals("namespaces")) {
            client.deleteNamespace(name);
        } else {
            client.delete(namespace, kinds, name);
        }
        String one = kinds.substring(0, kinds.length() - 1).toLowerCase(Locale.ROOT);
        terminal().line(Line.of(Style.YELLOW, "deleted").add("    " + one + "/" + name));
    }
}
