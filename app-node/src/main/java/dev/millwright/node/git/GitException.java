package dev.millwright.node.git;

import dev.millwright.model.MillwrightException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Git said no; the message holds the command (without credentials) and git's own words.
public final class GitException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    /// How git speaks of a repository that is damaged, not merely unwilling.
    private static final Pattern DAMAGE =
            Pattern.compile(
                    "corrupt|unable to read (tree|sha1|[0-9a-f]{40})|bad object"
                            + "|missing (blob|tree|commit)|invalid object|inflate"
                            + "|not a git repository|bad (config|tree|pack|signature|sha1)"
                            + "|object file .* is empty|loose object|packfile .* (cannot|not)"
                            + "|cannot lock ref|\\.lock': file exists|did not send all necessary"
                            + "|(unable to|could not) parse|not a valid object|does not point to a valid"
                            + "|unable to find [0-9a-f]{40}|unresolved deltas"
                            + "|unknown repository extension|expected git repo version");

    public GitException(String message) {
        super(message);
    }

    public GitException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Whether a new clone may well cure it.
    boolean isDamage() {
        return DAMAGE.matcher(String.valueOf(getMessage()).toLowerCase(Locale.ROOT)).find();
    }

    /// Whether one ref is in the way of another.
    boolean isConflict() {
        return String.valueOf(getMessage()).contains("cannot lock ref");
    }
}
