package dev.millwright.server.resource;

import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The store of resources: list, apply, delete, with revisions.
///
/// Called from any thread.
public final class Resources {
    /// The namespace for who names none; there from the start.
    public static final String DEFAULT_NAMESPACE = "default";

    /// The kind of resources that say what is told to which system.
    public static final String EXPORTER = "Exporter";

    /// The kind of resources that say where the state of runs is shown beside commits.
    public static final String FORGE = "Forge";

    /// The kind of resources that say who is told of runs.
    public static final String NOTIFIER = "Notifier";

    /// The kind of resources that say where secrets are read from.
    public static final String SECRET_STORE = "SecretStore";

    /// The origin of what comes through the API and the command line.
    public static final String API = "api";

    private final Database database;
    private final Journal journal;
    private final AtomicLong changes = new AtomicLong();
    private final ResourceChanges changing;
    private final KnownPipelines pipelines;

    /// Specs that were read before, by the parameters that they were read from.
    private final Map<Parameters, PipelineSpec> specs = new ConcurrentHashMap<>();

    private Resources(
            Database database, Journal journal, InstantSource clock, Kind.Validator more) {
        this.database = database;
        this.journal = journal;
        this.changing = new ResourceChanges(journal, clock, changes::incrementAndGet, more);
        this.pipelines =
                new KnownPipelines(
                        () ->
                                database.read(tx ->
                                        tx.dao(ResourceDao.class).mark(Kinds.PIPELINE.name())),
                        () -> all(Kinds.PIPELINE.name()),
                        System::nanoTime);
    }

    /// With nothing but the checks of each kind.
    public static Resources create(Database database, Journal journal, InstantSource clock) {
        return create(database, journal, clock, (_, _) -> List.of());
    }

    /// With a further look at each resource.
    ///
    /// @param more looks at what only others understand, once the kind's own check found nothing
    public static Resources create(
            Database database, Journal journal, InstantSource clock, Kind.Validator more) {
        Resources resources = new Resources(database, journal, clock, more);
        Resource home =
                new Resource(
                        Kinds.NAMESPACE.name(),
                        "",
                        DEFAULT_NAMESPACE,
                        null,
                        0,
                        Map.of(),
                        Map.of(),
                        Parameters.NONE);
        if (resources.find(Kinds.NAMESPACE.name(), "", DEFAULT_NAMESPACE).isEmpty()) {
            resources.apply(Manifest.of(home), ApplyOptions.DEFAULT);
        }
        return resources;
    }

    /// One page, by namespace and name; the cursor is `NAMESPACE/NAME` of the last item.
    public ResourcePage list(ResourceQuery query) {
        String cursor = query.cursor();
        int slash = cursor.indexOf('/');
        String afterNamespace = slash < 0 ? "" : cursor.substring(0, slash);
        String afterName = slash < 0 ? "" : cursor.substring(slash + 1);
        List<StoredResource> found =
                database.read(tx ->
                        tx.dao(ResourceDao.class)
                                .list(
                                        query.kind(),
                                        query.namespace(),
                                        afterNamespace,
                                        afterName,
                                        query.limit()));
        List<StoredResource> items =
                found.stream()
                        .filter(stored -> query.selector().matches(stored.resource().labels()))
                        .toList();
        if (found.size() < query.limit()) {
            return new ResourcePage(items, null);
        }
        Resource last = found.getLast().resource();
        return new ResourcePage(items, last.namespace() + "/" + last.name());
    }

    /// Every pipeline of every namespace: the same list as the last time when none changed.
    public List<Resource> pipelines() {
        return pipelines.all();
    }

    /// Every resource of that kind, of every namespace.
    public List<Resource> all(String kind) {
        List<Resource> all = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            ResourceQuery next =
                    new ResourceQuery(
                            kind, "", LabelSelector.ALL, cursor.get(), ResourceQuery.MAX_LIMIT);
            ResourcePage page = list(next);
            page.items().forEach(stored -> all.add(stored.resource()));
            cursor = page.next();
        }
        return all;
    }

    /// The resource at that address.
    ///
    /// @param namespace empty for kinds outside namespaces
    public Optional<Resource> find(String kind, String namespace, String name) {
        return stored(kind, namespace, name).map(StoredResource::resource);
    }

    /// Like [#find], with origin and times.
    public Optional<StoredResource> stored(String kind, String namespace, String name) {
        return database.read(tx -> tx.dao(ResourceDao.class).find(kind, namespace, name));
    }

    /// What a configuration source has applied.
    public List<StoredResource> ofOrigin(String origin) {
        return database.read(tx -> tx.dao(ResourceDao.class).ofOrigin(origin));
    }

    /// Hand over to the API what came from a configuration source that is none of these.
    public void releaseAllBut(Collection<String> origins) {
        database.change(tx -> {
            ResourceDao rows = tx.dao(ResourceDao.class);
            rows.origins().stream()
                    .filter(origin -> !origins.contains(origin) && !origin.equals(API))
                    .forEach(origin -> rows.rename(origin, API));
        });
    }

    /// Grows with each change that came through this server, to tell cheaply whether to look again.
    public long changes() {
        return changes.get();
    }

    /// Write into the journal how a configuration source fares.
    ///
    /// @param problems empty when all is well
    public void noteSource(String origin, List<String> problems) {
        String type = problems.isEmpty() ? "source.recovered" : "source.failed";
        Parameters data = new Parameters(Map.of("problems", problems.stream().limit(20).toList()));
        database.change(tx -> journal.append(tx, NewEvent.of("system", type, origin, data)));
    }

    /// The typed spec of a pipeline.
    public Optional<PipelineSpec> pipeline(String namespace, String name) {
        return find(Kinds.PIPELINE.name(), namespace, name).map(this::spec);
    }

    /// The typed spec of a resource that is a pipeline.
    public PipelineSpec spec(Resource resource) {
        if (specs.size() > 1_000) {
            specs.clear();
        }
        return specs.computeIfAbsent(
                resource.spec(), spec -> PipelineSpecReader.read(resource.address(), spec).spec());
    }

    /// Make the resource so, as a whole: what is not written is gone afterwards.
    public ApplyResult apply(Manifest manifest, ApplyOptions options) {
        return applyAll(List.of(manifest), options).getFirst();
    }

    /// Apply all or none: when one is [ApplyResult.Invalid] or [ApplyResult.Conflict], nothing is
    /// stored and the other results say what would have been. Namespaces come first by themselves.
    public List<ApplyResult> applyAll(List<Manifest> manifests, ApplyOptions options) {
        try {
            return database.write(tx -> applyAll(tx, manifests, options));
        } catch (NotApplied refused) {
            return refused.results;
        } catch (DuplicateException raced) {
            // Somebody made the same resource at the same moment; now it is there to be compared
            return database.write(tx -> applyAll(tx, manifests, options));
        }
    }

    /// Rolls the transaction back and carries what would have been.
    private static final class NotApplied extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<ApplyResult> results;

        NotApplied(List<ApplyResult> results) {
            super("nothing is applied", null, false, false);
            this.results = results;
        }
    }

    private List<ApplyResult> applyAll(Tx tx, List<Manifest> manifests, ApplyOptions options) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < manifests.size(); i++) {
            order.add(i);
        }
        order.sort(
                Comparator.comparing(
                        i -> !manifests.get(i).resource().kind().equals(Kinds.NAMESPACE.name())));
        ApplyResult[] results = new ApplyResult[manifests.size()];
        Set<String> seen = new HashSet<>();
        for (int i : order) {
            Manifest manifest = manifests.get(i);
            results[i] =
                    seen.add(manifest.resource().kind() + " " + manifest.resource().address())
                            ? changing.apply(tx, manifest, options)
                            : new ApplyResult.Invalid(List.of(ResourceChanges.twice(manifest)));
        }
        List<ApplyResult> all = List.of(results);
        boolean refused =
                all.stream()
                        .anyMatch(result ->
                                result instanceof ApplyResult.Invalid
                                        || result instanceof ApplyResult.Conflict);
        if (refused || options.dryRun()) {
            throw new NotApplied(all);
        }
        return all;
    }

    /// Delete the resource at that address.
    public DeleteResult delete(String kind, String namespace, String name, ApplyOptions options) {
        return database.write(tx -> changing.delete(tx, kind, namespace, name, options));
    }

    /// The lines that would change, from what is stored to what the manifest says; empty when they
    /// are the same.
    public String diff(Manifest manifest) {
        Resource wanted = manifest.resource();
        List<String> before =
                find(wanted.kind(), wanted.namespace(), wanted.name())
                        .map(YamlText::of)
                        .orElse(List.of());
        return LineDiff.of(before, YamlText.of(wanted));
    }
}
