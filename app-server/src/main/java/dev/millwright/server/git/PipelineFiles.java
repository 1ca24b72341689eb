package dev.millwright.server.git;

import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.format.FileFormats;
import dev.millwright.host.format.ForeignFile;
import dev.millwright.host.format.Translation;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Source;
import dev.millwright.node.RepositoryLogin;
import dev.millwright.node.git.Fetched;
import dev.millwright.node.git.GitCache;
import dev.millwright.node.git.GitException;
import dev.millwright.node.git.GitUrl;
import dev.millwright.server.resource.PipelineSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads pipelines from repositories. The repository is fetched by the node's own `git`, so that
/// its credentials work where the pipeline names none; everything after that is read from the local
/// cache without starting a process.
///
/// Called from any thread.
public final class PipelineFiles {
    private static final Logger log = LoggerFactory.getLogger(PipelineFiles.class);
    private static final List<String> DEFAULT_FILES =
            List.of(".millwright.yaml", ".millwright.yml");
    private static final String FOLDER = ".millwright";

    private final GitCache cache;
    private final PipelineReader reader;
    private final FileFormats formats;
    private final RepositoryLogin login;

    private PipelineFiles(
            GitCache cache, PipelineReader reader, FileFormats formats, RepositoryLogin login) {
        this.cache = cache;
        this.reader = reader;
        this.formats = formats;
        this.login = login;
    }

    /// Read files of Millwright's own with the reader, and those of other systems with formats.
    public static PipelineFiles create(GitCache cache, PipelineReader reader, FileFormats formats) {
        return new PipelineFiles(cache, reader, formats, RepositoryLogin.NONE);
    }

    /// The same for one repository that asks who reads.
    public PipelineFiles knowing(RepositoryLogin login) {
        return new PipelineFiles(cache, reader, formats, login);
    }

    /// A commit of a repository that lies in the cache.
    public record Pinned(Source source, Path bareRepository) {}

    /// What was found at a commit.
    public sealed interface Answer {}

    /// The pipeline file, read.
    ///
    /// @param names the files it consists of
    /// @param warnings what a file of another system says and is left out
    public record Parsed(ReadResult result, List<String> names, List<String> warnings)
            implements Answer {
        public Parsed {
            names = List.copyOf(names);
            warnings = List.copyOf(warnings);
        }

        Parsed(ReadResult result, List<String> names) {
            this(result, names, List.of());
        }
    }

    /// There is no pipeline file.
    public record NoFile(String message) implements Answer {}

    /// Fetch the repository and fix the commit that a run works on. A commit wins over a ref; with
    /// neither it is the tip of the pipeline's branch. Throws [GitException] with git's own words.
    public Pinned pin(
            PipelineSpec.Repository repository,
            Optional<String> ref,
            Optional<String> commit,
            Since since) {
        String branch = ref.orElse(repository.branch());
        String wanted = commit.orElse(branch);
        Fetched fetched = cache.fetch(repository.url(), login, wanted);
        return healed(
                repository.url(),
                wanted,
                fetched,
                found -> {
                    String fullRef = found.ref().isEmpty() ? ref.orElse("") : found.ref();
                    try (Repository git = open(found.bareRepository())) {
                        CommitReader reading = new CommitReader(git);
                        return new Pinned(
                                reading.source(repository, found.commit(), fullRef, since),
                                found.bareRepository());
                    }
                });
    }

    /// What is read from a fetched copy. One that is damaged is made anew, once.
    private interface Reading<T> {
        T from(Fetched fetched) throws IOException;
    }

    private <T> T healed(String url, String wanted, Fetched fetched, Reading<T> reading) {
        try {
            return reading.from(fetched);
        } catch (IOException damaged) {
            log.warn(
                    "commit {} of {} cannot be read",
                    fetched.commit(),
                    GitUrl.withoutCredentials(url),
                    damaged);
        }
        try {
            return reading.from(cache.renew(url, login, wanted, fetched));
        } catch (IOException broken) {
            throw new GitException(
                    "commit %s of %s cannot be read from the cache: %s"
                            .formatted(
                                    fetched.commit(),
                                    GitUrl.withoutCredentials(url),
                                    broken.getMessage()),
                    broken);
        }
    }

    /// Read the pipeline file at the pinned commit. Throws
    /// [dev.millwright.host.format.FormatException] when the plugin that should read it does not.
    ///
    /// @param pipeline the pipeline's name
    /// @param file the file that the pipeline names; empty for the usual places
    public Answer read(Pinned pinned, String pipeline, String file) {
        Source source = pinned.source();
        Fetched fetched =
                new Fetched(pinned.bareRepository(), source.commit(), source.ref().orElse(""));
        return healed(
                source.url(),
                source.commit(),
                fetched,
                found -> read(found, source.commit(), pipeline, file));
    }

    private Answer read(Fetched fetched, String hash, String pipeline, String file)
            throws IOException {
        try (Repository git = open(fetched.bareRepository())) {
            CommitReader commit = new CommitReader(git);
            Includes includes = CommitIncludes.of(commit, hash);
            List<String> names = file.isEmpty() ? usualFiles(commit, hash) : List.of(file);
            Optional<ForeignFile> foreign = foreign(names, includes);
            if (names.isEmpty() && foreign.isEmpty()) {
                return new NoFile(
                        "commit %.12s has no .millwright.yaml and no .millwright/*.yaml"
                                .formatted(hash));
            }
            List<String> wanted = foreign.map(it -> List.of(it.path())).orElse(names);
            SequencedMap<String, String> texts = new LinkedHashMap<>();
            for (String name : wanted) {
                Optional<String> text = commit.file(hash, name);
                if (text.isEmpty()) {
                    return new NoFile("commit %.12s has no file '%s'".formatted(hash, name));
                }
                texts.put(name, text.get());
            }
            return foreign.isPresent()
                    ? translated(foreign.get(), texts, pipeline, includes)
                    : new Parsed(read(texts, includes), names);
        }
    }

    /// Millwright's own files come first, then what the pipeline names, then what is there.
    private Optional<ForeignFile> foreign(List<String> names, Includes includes) {
        try {
            return switch (names.size()) {
                case 0 -> formats.usual(includes);
                case 1 -> formats.named(names.getFirst());
                default -> Optional.empty();
            };
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private Parsed translated(
            ForeignFile file,
            SequencedMap<String, String> texts,
            String pipeline,
            Includes includes) {
        try {
            var text = texts.firstEntry().getValue();
            Translation read = formats.read(file, text, pipeline, includes);
            return new Parsed(read.result(), List.of(file.path()), read.warnings());
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private static MillwrightException interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new MillwrightException("interrupted while a pipeline file was read", stopped);
    }

    private ReadResult read(SequencedMap<String, String> texts, Includes includes) {
        var first = texts.firstEntry();
        return texts.size() == 1
                ? reader.read(first.getKey(), first.getValue(), includes)
                : reader.readAll(texts, includes);
    }

    private static List<String> usualFiles(CommitReader commit, String hash) throws IOException {
        for (String name : DEFAULT_FILES) {
            if (commit.file(hash, name).isPresent()) {
                return List.of(name);
            }
        }
        return commit.filesIn(hash, FOLDER).stream()
                .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                .sorted()
                .toList();
    }

    private static Repository open(Path bare) throws IOException {
        try {
            return new FileRepositoryBuilder()
                    .setGitDir(bare.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
        } catch (RepositoryNotFoundException gone) {
            throw new IOException("the cache is gone", gone);
        }
    }
}
