package dev.millwright.server.resource;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How to apply or delete.
///
/// @param dryRun check and answer as if, store nothing
/// @param revisionOrNull only when the stored revision is this one (0: only when there is none)
/// @param origin who asks: [Resources#API] or the address of a configuration source
public record ApplyOptions(boolean dryRun, @Nullable Long revisionOrNull, String origin) {
    /// Through the API, whatever the revision.
    public static final ApplyOptions DEFAULT = new ApplyOptions(false, null, Resources.API);

    public static ApplyOptions of(boolean dryRun, Optional<Long> ifRevision, String origin) {
        return new ApplyOptions(dryRun, ifRevision.orElse(null), origin);
    }

    public Optional<Long> ifRevision() {
        return Optional.ofNullable(revisionOrNull);
    }
}
