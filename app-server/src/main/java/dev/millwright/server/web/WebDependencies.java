package dev.millwright.server.web;

import dev.millwright.api.server.ConfigView;
import dev.millwright.server.access.AccessKeys;
import dev.millwright.server.cluster.Servers;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.Journal;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.pki.NodeAuthority;
import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.Runs;
import dev.millwright.server.store.Database;
import dev.millwright.server.trigger.GenericHook;
import dev.millwright.server.trigger.PlainWebhook;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// All that the HTTP API stands on.
///
/// @param sourceFaults what is wrong with configuration sources at this moment; empty when all is
///   well
/// @param pipelineSchema the JSON Schema of pipeline files
/// @param config the settings in force, secrets masked
public record WebDependencies(
        Database database,
        AccessKeys keys,
        Resources resources,
        Intake intake,
        Deliveries deliveries,
        PlainWebhook webhook,
        GenericHook genericHook,
        Runs runs,
        Journal journal,
        EventFeed feed,
        LogStore logs,
        JobQueue queue,
        Servers servers,
        Nodes nodes,
        NodeAuthority authority,
        Supplier<List<String>> sourceFaults,
        Supplier<String> pipelineSchema,
        Supplier<ConfigView> config,
        InstantSource clock) {}
