package dev.millwright.server.web;

import dev.millwright.api.server.ConfigView;
import dev.millwright.host.PluginHost;
import dev.millwright.server.access.AccessKeys;
import dev.millwright.server.cluster.Servers;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.Journal;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.outbox.Outbox;
import dev.millwright.server.pki.NodeAuthority;
import dev.millwright.server.poll.Polls;
import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.Runs;
import dev.millwright.server.store.Database;
import dev.millwright.server.telemetry.StepTelemetry;
import dev.millwright.server.trigger.PlainWebhook;
import dev.millwright.server.trigger.TriggerHooks;
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
        TriggerHooks triggerHooks,
        Polls polls,
        Runs runs,
        Journal journal,
        EventFeed feed,
        LogStore logs,
        JobQueue queue,
        Servers servers,
        Nodes nodes,
        NodeAuthority authority,
        PluginHost plugins,
        Outbox outbox,
        StepTelemetry telemetry,
        Supplier<List<String>> sourceFaults,
        Supplier<String> pipelineSchema,
        Supplier<ConfigView> config,
        InstantSource clock) {}
