package dev.millwright.cli.resource;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.Page;
import dev.millwright.api.resource.ResourceDocument;
import dev.millwright.api.resource.ResourceQuery;
import dev.millwright.api.server.NodeView;
import dev.millwright.api.server.ServerView;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.node.NodeTable;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright get`.
@Command(name = "get", description = "Show resources, namespaces, nodes or servers")
public final class GetCommand extends ServerCommand {
    @Parameters(
            index = "0",
            paramLabel = "KIND[/NAME]",
            completionCandidates = Kinds.Known.class,
            description = "pipelines, namespaces, nodes, servers, ...")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this one")
    private @Nullable String name;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "LABELS",
            description = "Such as team=web,env in (test,prod),!old")
    private @Nullable String selector;

    @Mixin private OutputOptions output = new OutputOptions();

    public GetCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        int slash = kind.indexOf('/');
        if (slash > 0 && name == null) {
            // As '-o name' prints it
            name = kind.substring(slash + 1);
            kind = kind.substring(0, slash);
        }
        String kinds = Kinds.of(kind);
        if (kinds.equals("nodes")) {
            nodes(client);
            return ExitCode.OK;
        }
        if (kinds.equals("servers")) {
            servers(client);
            return ExitCode.OK;
        }
        try {
            print(client, kinds, namespace);
        } catch (ApiException refused) {
            throw Kinds.refusal(refused, kind, Kinds.SHOWN);
        }
        return ExitCode.OK;
    }

    private void print(MillwrightClient client, String kinds, String namespace) {
        String wanted = name;
        if (wanted == null) {
            List<ResourceDocument> found = all(client, kinds, namespace);
            if (output.format() == OutputOptions.Format.YAML) {
                documents(found);
            } else {
                output.list(
                        terminal(), found, table(found), one -> address(kinds, one), "no " + kinds);
            }
        } else {
            ResourceDocument found =
                    kinds.equals("namespaces")
                            ? client.namespace(wanted)
                            : client.resource(namespace, kinds, wanted);
            output.one(
                    terminal(),
                    found,
                    () -> output.table(terminal(), table(List.of(found))),
                    address(kinds, found));
        }
    }

    /// One document each, as `apply` takes them.
    private void documents(List<ResourceDocument> found) {
        for (ResourceDocument document : found) {
            terminal().line("---");
            output.one(terminal(), document, () -> {}, "");
        }
    }

    private List<ResourceDocument> all(MillwrightClient client, String kinds, String namespace) {
        List<ResourceDocument> all = new ArrayList<>();
        ResourceQuery query =
                selector == null ? ResourceQuery.ALL : ResourceQuery.ALL.withLabels(selector);
        while (true) {
            Page<ResourceDocument> page =
                    kinds.equals("namespaces")
                            ? client.namespaces(query)
                            : client.resources(namespace, kinds, query);
            all.addAll(page.items());
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                return all;
            }
            query = query.after(next.get());
        }
    }

    private void nodes(MillwrightClient client) {
        List<NodeView> nodes =
                client.nodes().items().stream()
                        .filter(node -> name == null || node.name().equals(name))
                        .toList();
        NodeTable.print(terminal(), output, nodes);
    }

    private void servers(MillwrightClient client) {
        List<ServerView> servers =
                client.servers().items().stream()
                        .filter(server -> name == null || server.name().equals(name))
                        .toList();
        ServerTable.print(terminal(), output, servers);
    }

    private static Table table(List<ResourceDocument> documents) {
        Table table = Table.of("NAME", "NAMESPACE", "REVISION", "CHANGED", "ORIGIN", "LABELS");
        Instant now = Instant.now();
        for (ResourceDocument document : documents) {
            var metadata = document.metadata();
            Instant updated = metadata.updatedAt();
            Long revision = metadata.revision();
            String origin = metadata.origin();
            table.row(
                    metadata.name(),
                    metadata.namespace(),
                    revision == null ? "" : revision.toString(),
                    updated == null ? "" : Times.age(updated, now),
                    origin == null ? "" : origin,
                    NodeTable.labels(metadata.labels()));
        }
        return table;
    }

    private static String address(String kinds, ResourceDocument document) {
        return document.kind().isEmpty()
                ? kinds + "/" + document.metadata().name()
                : document.kind().toLowerCase(Locale.ROOT) + "/" + document.metadata().name();
    }
}
