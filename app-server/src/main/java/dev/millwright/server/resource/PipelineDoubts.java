package dev.millwright.server.resource;

import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.model.resource.Resource;
import java.util.List;

/// Tells people what they can write in a pipeline of a resource, and perhaps meant otherwise.
public final class PipelineDoubts {
    private PipelineDoubts() {}

    /// What to look at again; its pointers are those of the document.
    public static List<ResourceProblem> hints(Resource resource) {
        if (!resource.kind().equals(Kinds.PIPELINE.name())) {
            return List.of();
        }
        return InlineSteps.doubts(resource.address(), PipelineSpecReader.inline(resource.spec()))
                .stream()
                .map(PipelineSpecReader::problem)
                .map(doubt -> ResourceProblem.at("/spec" + doubt.pointer(), doubt.message()))
                .toList();
    }
}
