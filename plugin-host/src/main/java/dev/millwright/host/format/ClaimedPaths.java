package dev.millwright.host.format;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.call.BoundFormat;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Use;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.format.PipelineFormat;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which files each format wants to read, asked once for as long as it is in use. A format that
/// does not say it reads none, and harms nobody else. Called from any thread.
final class ClaimedPaths {
    private static final Logger log = LoggerFactory.getLogger(ClaimedPaths.class);
    private static final int MOST = 50;
    private static final int LONGEST = 200;

    private volatile List<Known> known = List.of();

    /// Holds a plugin no longer than others do.
    private record Known(WeakReference<Use<PipelineFormat<?>>> use, List<String> paths) {}

    List<String> of(Use<PipelineFormat<?>> use, SecretSource secrets) throws InterruptedException {
        Optional<Known> before = known.stream().filter(one -> one.use().refersTo(use)).findFirst();
        return before.isPresent() ? before.get().paths() : keep(use, ask(use, secrets));
    }

    private static List<String> ask(Use<PipelineFormat<?>> use, SecretSource secrets)
            throws InterruptedException {
        try {
            List<String> told = new BoundFormat(use, Parameters.NONE, secrets).files();
            List<String> good =
                    told.stream().limit(MOST).filter(ClaimedPaths::isPath).distinct().toList();
            if (good.size() < told.size()) {
                log.warn(
                        "the format '{}' ({}) wants to read {} paths, of which {} can be used",
                        use.kind(),
                        use.origin(),
                        told.size(),
                        good.size());
            }
            return good;
        } catch (PluginCallException failed) {
            log.warn(
                    "the format '{}' ({}) does not say what it reads: {}",
                    use.kind(),
                    use.origin(),
                    failed.getMessage());
            return List.of();
        } catch (MillwrightException broken) {
            log.warn("the format '{}' does not say what it reads", use.kind(), broken);
            return List.of();
        }
    }

    private static boolean isPath(String path) {
        return !path.isBlank()
                && path.length() <= LONGEST
                && !path.startsWith("/")
                && !path.endsWith("/")
                && !List.of(path.split("/", -1)).contains("..");
    }

    private synchronized List<String> keep(Use<PipelineFormat<?>> use, List<String> paths) {
        List<Known> now = new ArrayList<>();
        known.stream()
                .filter(one -> !one.use().refersTo(null) && !one.use().refersTo(use))
                .forEach(now::add);
        now.add(new Known(new WeakReference<>(use), paths));
        known = List.copyOf(now);
        return paths;
    }
}
