package dev.millwright.server.web.view;

import dev.millwright.api.Problem;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.resource.ResourceDocument;
import dev.millwright.engine.yaml.Mark;
import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.resource.Manifest;
import dev.millwright.server.resource.Marks;
import dev.millwright.server.resource.ResourceProblem;
import dev.millwright.server.resource.StoredResource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resources in the form in which they travel, and back.
public final class ResourceViews {
    /// As they stand in the document; what is about all of it comes last.
    private static final Comparator<ResourceProblem> BY_PLACE =
            Comparator.comparingInt((ResourceProblem one) ->
                            one.mark().map(Mark::line).orElse(Integer.MAX_VALUE))
                    .thenComparingInt(one -> one.mark().map(Mark::column).orElse(0));

    private ResourceViews() {}

    public static ResourceDocument document(Resource resource) {
        return document(resource, null, null, null);
    }

    public static ResourceDocument document(StoredResource stored) {
        return document(stored.resource(), stored.origin(), stored.createdAt(), stored.updatedAt());
    }

    private static ResourceDocument document(
            Resource resource,
            @Nullable String origin,
            @Nullable Instant created,
            @Nullable Instant updated) {
        return new ResourceDocument(
                Resource.API_VERSION,
                resource.kind(),
                new ResourceDocument.Metadata(
                        resource.name(),
                        resource.namespace(),
                        resource.labels(),
                        resource.annotations(),
                        resource.uuid().orElse(null),
                        resource.revision(),
                        origin,
                        created,
                        updated),
                resource.spec().values());
    }

    public static Resource resource(ResourceDocument document) {
        ResourceDocument.Metadata metadata = document.metadata();
        return new Resource(
                document.kind(),
                metadata.namespace(),
                metadata.name(),
                null,
                0,
                metadata.labels(),
                metadata.annotations(),
                new Parameters(document.spec()));
    }

    public static String tag(Resource resource) {
        return "\"" + resource.revision() + "\"";
    }

    /// What became of a document.
    ///
    /// @param hints what keeps it from working yet, once it is accepted
    public static ApplyResult.Item item(
            Manifest manifest,
            dev.millwright.server.resource.ApplyResult result,
            String diff,
            List<ResourceProblem> hints) {
        List<ApplyResult.Fault> told =
                hints.stream().map(hint -> fault(Marks.place(hint, manifest.marks()))).toList();
        return switch (result) {
            case dev.millwright.server.resource.ApplyResult.Created(Resource now) ->
                    accepted(now, ApplyResult.Action.CREATED, diff, told);
            case dev.millwright.server.resource.ApplyResult.Changed(Resource now, _) ->
                    accepted(now, ApplyResult.Action.CHANGED, diff, told);
            case dev.millwright.server.resource.ApplyResult.Unchanged(Resource now) ->
                    accepted(now, ApplyResult.Action.UNCHANGED, diff, told);
            case dev.millwright.server.resource.ApplyResult.Invalid(var problems) ->
                    refused(
                            manifest.resource(),
                            ApplyResult.Action.INVALID,
                            problems.stream().sorted(BY_PLACE).map(ResourceViews::fault).toList());
            case dev.millwright.server.resource.ApplyResult.Conflict(String reason) ->
                    refused(
                            manifest.resource(),
                            ApplyResult.Action.CONFLICT,
                            List.of(new ApplyResult.Fault("", reason, "", null, null)));
        };
    }

    private static ApplyResult.Item accepted(
            Resource resource,
            ApplyResult.Action action,
            String diff,
            List<ApplyResult.Fault> hints) {
        return new ApplyResult.Item(
                resource.kind(),
                resource.namespace(),
                resource.name(),
                action,
                resource.revision(),
                diff,
                hints);
    }

    private static ApplyResult.Item refused(
            Resource resource, ApplyResult.Action action, List<ApplyResult.Fault> faults) {
        return new ApplyResult.Item(
                resource.kind(), resource.namespace(), resource.name(), action, null, "", faults);
    }

    private static ApplyResult.Fault fault(ResourceProblem problem) {
        return new ApplyResult.Fault(
                problem.pointer(), problem.message(), "", line(problem), column(problem));
    }

    public static Problem.Violation violation(ResourceProblem problem) {
        return new Problem.Violation(
                problem.pointer(), problem.message(), line(problem), column(problem));
    }

    private static @Nullable Integer line(ResourceProblem problem) {
        return problem.mark().map(mark -> mark.line()).orElse(null);
    }

    private static @Nullable Integer column(ResourceProblem problem) {
        return problem.mark().map(mark -> mark.column()).orElse(null);
    }
}
