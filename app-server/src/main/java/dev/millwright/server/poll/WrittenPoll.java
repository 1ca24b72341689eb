package dev.millwright.server.poll;

import dev.millwright.model.Sha256;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.PipelineSpec.Poll;
import dev.millwright.server.trigger.StoredDeliveries;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A poll as its pipeline says it now. Immutable.
///
/// @param hash another one when what is looked at is another, so that a look begins anew
/// @param suspended whether the pipeline's triggers are ignored
record WrittenPoll(
        PollKey key, Poll poll, TriggeredPipeline pipeline, String hash, boolean suspended) {

    static List<WrittenPoll> of(Resource resource, PipelineSpec spec) {
        TriggeredPipeline pipeline =
                StoredDeliveries.pipeline(resource.namespace(), resource.name(), spec);
        return spec.polls().stream()
                .map(poll ->
                        new WrittenPoll(
                                new PollKey(resource.namespace(), resource.name(), poll.name()),
                                poll,
                                pipeline,
                                hash(poll, pipeline),
                                spec.suspend()))
                .toList();
    }

    /// The order in which keys are written means nothing.
    private static String hash(Poll poll, TriggeredPipeline pipeline) {
        Object all =
                List.of(
                        poll.type(),
                        pipeline.repository(),
                        pipeline.branch(),
                        String.valueOf(ordered(poll.settings().values())));
        return Sha256.hex(all.toString());
    }

    private static @Nullable Object ordered(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((key, one) ->
                        sorted.put(String.valueOf(key), String.valueOf(ordered(one))));
                yield sorted;
            }
            case List<?> list -> list.stream().map(one -> String.valueOf(ordered(one))).toList();
            case null, default -> value;
        };
    }
}
