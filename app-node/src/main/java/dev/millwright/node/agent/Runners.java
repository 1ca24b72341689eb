package dev.millwright.node.agent;

import dev.millwright.model.AttemptId;
import dev.millwright.plugin.runner.Runner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// What a node can carry out at this moment; plugins come and go. Asked from any thread.
public interface Runners {
    /// Also one that takes no new work, for what it has begun.
    Optional<Runner<?>> find(String kind);

    /// Those that take new work.
    Set<String> kinds();

    /// Kinds that are known and do not take new work, and why, for people.
    default Map<String, String> missing() {
        return Map.of();
    }

    /// Let every runner remove what attempts left behind that are not among those. One that cannot
    /// do it does not keep the node from its work.
    default void sweep(Set<AttemptId> live) {
        for (String kind : kinds()) {
            try {
                Optional<Runner<?>> runner = find(kind);
                if (runner.isPresent()) {
                    runner.get().sweep(live);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failed) {
                LoggerFactory.getLogger(Runners.class)
                        .warn(
                                "runner '{}' could not remove what earlier attempts left behind: {}",
                                kind,
                                failed.getMessage());
            }
        }
    }

    /// These and no others.
    static Runners of(List<Runner<?>> runners) {
        Map<String, Runner<?>> byKind =
                runners.stream().collect(Collectors.toMap(Runner::kind, Function.identity()));
        return new Runners() {
            @Override
            public Optional<Runner<?>> find(String kind) {
                return Optional.ofNullable(byKind.get(kind));
            }

            @Override
            public Set<String> kinds() {
                return byKind.keySet();
            }
        };
    }
}
