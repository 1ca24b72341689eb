package dev.millwright.gitpoll;

import dev.millwright.plugin.poll.Finding;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequestBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// What is new between two looks. Pure, apart from what it asks about commits in between.
final class News {
    /// What one look may find; the others are found by the next.
    static final int MOST = 1_000;

    private static final int LONGEST_KEY = 200;

    private News() {}

    /// A ref that holds another commit than before.
    ///
    /// @param before empty for a ref that is new
    record Change(String ref, String before, String now) {}

    /// The commits that a change brings, the oldest first.
    @FunctionalInterface
    interface Commits {
        List<String> of(Change change) throws IOException;
    }

    /// Refs that moved or are new; a ref that is gone is none.
    static List<Change> changes(Tips before, Tips now) {
        List<Change> changes = new ArrayList<>();
        now.commits()
                .forEach((ref, commit) -> {
                    String old = before.commits().getOrDefault(ref, "");
                    if (!commit.equals(old)) {
                        changes.add(new Change(ref, old, commit));
                    }
                });
        return changes;
    }

    static PollResult between(Tips before, Tips now, Commits commits) throws IOException {
        SortedMap<String, String> told = new TreeMap<>(before.commits());
        told.keySet().retainAll(now.commits().keySet());
        List<Finding> findings = new ArrayList<>();
        for (Change change : changes(before, now)) {
            List<String> news = commits.of(change);
            if (findings.size() + news.size() > MOST) {
                break;
            }
            String previous = change.before();
            for (String commit : news) {
                findings.add(finding(change.ref(), previous, commit));
                previous = commit;
            }
            told.put(change.ref(), change.now());
        }
        return new PollResult.Looked(Tips.of(told).text(), findings);
    }

    private static Finding finding(String ref, String previous, String commit) {
        RunRequestBuilder request =
                RunRequest.of(Refs.isTag(ref) ? "tag" : "push").ref(ref).commit(commit);
        if (!previous.isEmpty() && !Refs.isTag(ref)) {
            var _ = request.previousCommit(previous);
        }
        return new Finding(key(ref, commit), request.build());
    }

    private static String key(String ref, String commit) {
        String key = ref + "@" + commit;
        return key.length() <= LONGEST_KEY
                ? key
                : UUID.nameUUIDFromBytes(ref.getBytes(StandardCharsets.UTF_8)) + "@" + commit;
    }

    /// The refs that a poll asks for, without names that no Git would give.
    static Tips wanted(Map<String, String> seen, GitPoll poll) {
        SortedMap<String, String> wanted = new TreeMap<>();
        seen.forEach((ref, commit) -> {
            if (poll.wants(ref)) {
                wanted.put(ref, commit);
            }
        });
        return new Tips(wanted);
    }
}
