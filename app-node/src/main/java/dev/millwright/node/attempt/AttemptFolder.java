package dev.millwright.node.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeException;
import dev.millwright.node.OwnerOnly;
import dev.millwright.node.git.Trees;
import dev.millwright.node.json.JsonObject;
import dev.millwright.node.json.JsonText;
import dev.millwright.node.process.MachineBoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// The journal's entry for one attempt: a folder that holds the assignment (written before anything
/// is started), the runner's own files, and the end once it is known. Files appear whole or not at
/// all; nothing is forced to disk, because after a crash of the machine the boot has changed
/// anyway.
///
/// Used by one thread at a time.
public final class AttemptFolder {
    private static final Logger log = LoggerFactory.getLogger(AttemptFolder.class);

    private final Path folder;

    private AttemptFolder(Path folder) {
        this.folder = folder;
    }

    public static AttemptFolder of(Path root, AttemptId attempt) {
        return new AttemptFolder(root.resolve(attempt.toString()));
    }

    /// All entries of the journal. Those that were never completed were never started: the entry is
    /// written before anything else happens.
    public static List<AttemptFolder> all(Path root) {
        List<AttemptFolder> found = new ArrayList<>();
        try {
            OwnerOnly.keep(root);
            try (Stream<Path> entries = Files.list(root)) {
                for (Path entry : entries.filter(AttemptFolder::isEntry).sorted().toList()) {
                    AttemptFolder folder = new AttemptFolder(entry);
                    if (folder.exists()) {
                        found.add(folder);
                    } else {
                        folder.delete();
                    }
                }
            }
        } catch (IOException broken) {
            throw new NodeException("the node's journal %s cannot be read".formatted(root), broken);
        }
        return found;
    }

    private static boolean isEntry(Path path) {
        return Files.isDirectory(path)
                && path.getFileName()
                        .toString()
                        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    public boolean exists() {
        return Files.exists(folder.resolve("assignment.json"));
    }

    /// Write the entry; from now on the attempt may have been started.
    public void open(Assignment assignment) {
        try {
            Files.createDirectories(home());
            write(
                    "assignment.json",
                    JournalJson.tree(
                            new JournalEntry(
                                    MachineBoot.id(), bootAge(), assignment.withoutSecrets())));
        } catch (IOException refused) {
            throw new NodeException(
                    "attempt %s cannot be written into the node's journal: %s"
                            .formatted(assignment.attempt(), refused.getMessage()),
                    refused);
        }
    }

    /// Empty when the entry is damaged.
    public Optional<Assignment> assignment() {
        return entry().map(JournalEntry::assignment);
    }

    private Optional<JournalEntry> entry() {
        return read("assignment.json", JournalJson::entry);
    }

    /// Whether the machine has been running all the time since the entry was written.
    public boolean isOfThisBoot() {
        return entry().map(JournalEntry::boot).filter(MachineBoot.id()::equals).isPresent();
    }

    /// Remember why the attempt has to end, for a next life that only sees how it ended.
    void requestStop(Action.Reason reason) {
        try {
            write("stop.json", JournalJson.tree(reason));
        } catch (IOException refused) {
            log.warn("the reason for a stop could not be written into {}", folder, refused);
        }
    }

    Optional<Action.Reason> stopRequest() {
        return read("stop.json", JournalJson::reason);
    }

    /// When the entry was written.
    public Instant openedAt() {
        try {
            return Files.getLastModifiedTime(folder.resolve("assignment.json")).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    /// How long ago the entry was written. Somebody may have set the clock since, so it counts only
    /// where the machine does not tell how long it has been running.
    Duration age(InstantSource clock) {
        Long then = entry().map(JournalEntry::bootAgeMillis).orElse(null);
        Long now = bootAge();
        return then == null || now == null || !isOfThisBoot()
                ? Duration.between(openedAt(), clock.instant())
                : Duration.ofMillis(now - then);
    }

    private static @Nullable Long bootAge() {
        return MachineBoot.age().map(Duration::toMillis).orElse(null);
    }

    /// Keep the end until it can be reported.
    void close(AttemptEnd end) {
        try {
            write("end.json", JournalJson.tree(end));
        } catch (IOException refused) {
            // Without it the end is worked out again from what the runner left
            log.warn("the end of an attempt could not be written into {}", folder, refused);
        }
    }

    public Optional<AttemptEnd> end() {
        return read("end.json", JournalJson::end);
    }

    /// The runner's own folder.
    public Path home() {
        return folder.resolve("work");
    }

    public Path outputFile() {
        return folder.resolve("output");
    }

    public Path changedFilesFile() {
        return folder.resolve("changed-files");
    }

    /// The part after the name of the folder stays with the attempt's id.
    public AttemptId id() {
        return AttemptId.parse(folder.getFileName().toString());
    }

    public void delete() {
        try {
            // First the entry itself: half a folder must not look like an attempt
            Files.deleteIfExists(folder.resolve("assignment.json"));
            Trees.delete(folder);
        } catch (IOException busy) {
            log.warn("{} could not be deleted", folder, busy);
        }
    }

    private void write(String name, Map<String, @Nullable Object> tree) throws IOException {
        Path temporary = folder.resolve(name + ".tmp");
        Files.write(temporary, JsonText.write(tree).getBytes(UTF_8));
        Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private <T> Optional<T> read(String name, Function<JsonObject, T> from) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(from.apply(JsonText.object(Files.readString(file))));
        } catch (IOException
                | JacksonException
                | MillwrightException
                | IllegalArgumentException
                | ArithmeticException
                | NullPointerException
                | DateTimeException damaged) {
            log.warn("{} cannot be read", file, damaged);
            return Optional.empty();
        }
    }
}
