package dev.millwright.forges.bitbucket;

import dev.millwright.model.Sha256;
import dev.millwright.plugin.scm.CommitStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/// A commit's status in the words of Bitbucket, which calls it a build. Pure.
final class BuildStatus {
    private static final int HASH = 12;

    private BuildStatus() {}

    /// What both kinds of Bitbucket want to know.
    ///
    /// @param mostKey the longest key that it takes
    /// @param cancelled its word for that
    static Map<String, String> body(CommitStatus status, int mostKey, String cancelled) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("key", key(status.context(), mostKey));
        body.put("state", state(status.state(), cancelled));
        body.put("name", status.context());
        body.put("url", status.url());
        return body;
    }

    private static String state(CommitStatus.State state, String cancelled) {
        return switch (state) {
            case PENDING, RUNNING -> "INPROGRESS";
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE, ERROR -> "FAILED";
            case CANCELLED -> cancelled;
        };
    }

    /// The context; where it is too long its end gives way to what tells it from others.
    private static String key(String context, int most) {
        if (context.length() <= most) {
            return context;
        }
        String hash = Sha256.hex(context).substring(0, HASH);
        return context.substring(0, most - hash.length() - 1) + "-" + hash;
    }
}
