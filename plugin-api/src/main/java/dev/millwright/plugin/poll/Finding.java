package dev.millwright.plugin.poll;

import dev.millwright.plugin.Stability;
import dev.millwright.plugin.trigger.RunRequest;

/// Something new that a poll has found. Immutable.
///
/// ```java
/// new Finding(ref + "@" + commit, RunRequest.of("push").ref(ref).commit(commit).build());
/// ```
///
/// @param key the same poll and key again is the same delivery and starts nothing; at most 200
///   characters
@Stability(Stability.Level.STABLE)
public record Finding(String key, RunRequest request) {
    public Finding {
        if (key.isEmpty() || key.length() > 200) {
            throw new IllegalArgumentException("the key of a finding has 1 to 200 characters");
        }
    }
}
