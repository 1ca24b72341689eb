package dev.millwright.server.resource;

import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Json;
import dev.millwright.server.store.TimeOrderedIds;
import dev.millwright.server.store.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Judges one resource against what is stored, and writes it, inside the caller's transaction.
///
/// Called from any thread.
final class ResourceChanges {
    private final Journal journal;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Runnable committed;
    private final Kind.Validator more;

    /// @param committed called after each change that is stored for good
    /// @param more looks at a spec in which its kind found nothing wrong
    ResourceChanges(Journal journal, InstantSource clock, Runnable committed, Kind.Validator more) {
        this.journal = journal;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
        this.committed = committed;
        this.more = more;
    }

    ApplyResult apply(Tx tx, Manifest manifest, ApplyOptions options) {
        Resource wanted = manifest.resource();
        ResourceDao rows = tx.dao(ResourceDao.class);
        Optional<StoredResource> known =
                rows.find(wanted.kind(), wanted.namespace(), wanted.name());
        List<ResourceProblem> problems = problems(tx, manifest, known);
        if (!problems.isEmpty()) {
            return new ApplyResult.Invalid(problems);
        }
        Optional<String> conflict = conflict(known, options, wanted);
        if (conflict.isPresent()) {
            return new ApplyResult.Conflict(conflict.get());
        }
        if (known.isEmpty()) {
            rows.insert(
                    ids.next(),
                    wanted.kind(),
                    wanted.namespace(),
                    wanted.name(),
                    Json.of(wanted.labels()),
                    Json.of(wanted.annotations()),
                    Json.of(wanted.spec()),
                    options.origin(),
                    clock.instant());
            return new ApplyResult.Created(stored(tx, wanted, "resource.applied"));
        }
        Resource before = known.get().resource();
        boolean same =
                before.labels().equals(wanted.labels())
                        && before.annotations().equals(wanted.annotations())
                        && Json.of(before.spec()).equals(Json.of(wanted.spec()));
        if (same) {
            if (!known.get().origin().equals(options.origin())) {
                rows.own(before.uuid().orElseThrow(), options.origin());
            }
            return new ApplyResult.Unchanged(before);
        }
        int updated =
                rows.update(
                        before.uuid().orElseThrow(),
                        before.revision(),
                        Json.of(wanted.labels()),
                        Json.of(wanted.annotations()),
                        Json.of(wanted.spec()),
                        options.origin(),
                        clock.instant());
        return updated == 0
                ? new ApplyResult.Conflict(
                        wanted.address() + " was changed by somebody else at this moment")
                : new ApplyResult.Changed(stored(tx, wanted, "resource.applied"), before);
    }

    private List<ResourceProblem> problems(
            Tx tx, Manifest manifest, Optional<StoredResource> known) {
        Resource wanted = manifest.resource();
        Optional<Kind> kind = Kinds.named(wanted.kind());
        if (kind.isEmpty()) {
            return List.of(
                    ResourceProblem.at("/kind", "unknown kind '%s'".formatted(wanted.kind())));
        }
        List<ResourceProblem> problems = new ArrayList<>();
        if (kind.get().namespaced()
                && tx.dao(ResourceDao.class)
                        .find(Kinds.NAMESPACE.name(), "", wanted.namespace())
                        .isEmpty()) {
            problems.add(
                    ResourceProblem.at(
                            "/metadata/namespace",
                            "there is no namespace '%s'; apply a Namespace first"
                                    .formatted(wanted.namespace())));
        }
        Optional<UUID> identity = known.flatMap(stored -> stored.resource().uuid());
        if (wanted.uuid().isPresent() && !wanted.uuid().equals(identity)) {
            problems.add(
                    ResourceProblem.at(
                            "/metadata/uuid",
                            "the server sets 'uuid', and %s has another one; leave it out"
                                    .formatted(wanted.address())));
        }
        List<ResourceProblem> wrong = kind.get().validator().problems(wanted, wanted.spec());
        (wrong.isEmpty() ? more.problems(wanted, wanted.spec()) : wrong)
                .forEach(problem ->
                        problems.add(
                                ResourceProblem.at(
                                        "/spec" + problem.pointer(), problem.message())));
        return problems.stream().map(problem -> Marks.place(problem, manifest.marks())).toList();
    }

    private static Optional<String> conflict(
            Optional<StoredResource> known, ApplyOptions options, Resource wanted) {
        long revision = known.map(stored -> stored.resource().revision()).orElse(0L);
        if (options.ifRevision().isPresent() && options.ifRevision().get() != revision) {
            return Optional.of(
                    "%s has revision %d, not %d; read it again"
                            .formatted(wanted.address(), revision, options.ifRevision().get()));
        }
        return known.map(StoredResource::origin)
                .filter(origin -> !origin.equals(options.origin()) && !origin.equals(Resources.API))
                .map(origin ->
                        "%s comes from %s; change it there".formatted(wanted.address(), origin));
    }

    private Resource stored(Tx tx, Resource resource, String event) {
        Resource stored =
                tx.dao(ResourceDao.class)
                        .find(resource.kind(), resource.namespace(), resource.name())
                        .orElseThrow()
                        .resource();
        tell(tx, stored, event);
        return stored;
    }

    private void tell(Tx tx, Resource resource, String event) {
        tx.afterCommit(committed);
        String namespace = resource.namespace().isEmpty() ? "system" : resource.namespace();
        journal.append(
                tx,
                NewEvent.of(
                        namespace,
                        event,
                        resource.address(),
                        new Parameters(
                                Map.of(
                                        "kind", resource.kind(),
                                        "name", resource.name(),
                                        "revision", resource.revision()))));
    }

    DeleteResult delete(Tx tx, String kind, String namespace, String name, ApplyOptions options) {
        ResourceDao rows = tx.dao(ResourceDao.class);
        Optional<StoredResource> known = rows.find(kind, namespace, name);
        if (known.isEmpty()) {
            return new DeleteResult.Missing();
        }
        Resource resource = known.get().resource();
        Optional<String> conflict = conflict(known, options, resource);
        if (conflict.isPresent()) {
            return new DeleteResult.Conflict(conflict.get());
        }
        if (kind.equals(Kinds.NAMESPACE.name()) && name.equals(Resources.DEFAULT_NAMESPACE)) {
            return new DeleteResult.Conflict("the namespace 'default' is always there");
        }
        if (kind.equals(Kinds.NAMESPACE.name()) && rows.countIn(name) > 0) {
            return new DeleteResult.Conflict(
                    "namespace '%s' still holds %d resources; delete them first"
                            .formatted(name, rows.countIn(name)));
        }
        if (!options.dryRun()) {
            rows.delete(resource.uuid().orElseThrow(), resource.revision());
            tell(tx, resource, "resource.deleted");
        }
        return new DeleteResult.Deleted(resource);
    }

    /// What is wrong with a manifest whose address another one has before it.
    static ResourceProblem twice(Manifest manifest) {
        return Marks.place(
                ResourceProblem.at(
                        "/metadata/name",
                        "%s stands here for the second time; only one of them can be meant"
                                .formatted(manifest.resource().address())),
                manifest.marks());
    }
}
