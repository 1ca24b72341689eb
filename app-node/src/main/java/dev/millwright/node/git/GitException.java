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
                            + "|missing (blob|tree|commit)|not a tree object|invalid object|inflate"
                            + "|not a git repository|bad (config|tree|pack|signature|sha1)"
                            + "|object file .* is empty|loose object|packfile .* (cannot|not)"
                            + "|cannot lock ref|\\.lock': file exists|did not send all necessary"
                            + "|(unable to|could not) parse|not a valid object|does not point to a valid"
                            + "|unable to find [0-9a-f]{40}|unresolved deltas"
                            + "|unknown repository extension|expected git repo version");

    private final boolean excess;
    private final boolean lasting;

    public GitException(String message) {
        this(message, false, false);
    }

    public GitException(String message, Throwable cause) {
        super(message, cause);
        this.excess = false;
        this.lasting = false;
    }

    private GitException(String message, boolean excess, boolean lasting) {
        super(message);
        this.excess = excess;
        this.lasting = lasting;
    }

    /// Something needs more room than it may have.
    static GitException tooLarge(String message) {
        return new GitException(message, true, true);
    }

    /// Something needs more room than there is on the disk.
    static GitException noRoom(String message) {
        return new GitException(message, true, false);
    }

    /// Whether it is about room, which trying again does not make.
    boolean isExcess() {
        return excess;
    }

    /// Whether it is so however much room somebody makes on the disk.
    boolean isLasting() {
        return lasting;
    }

    /// Whether a new clone may well cure it.
    boolean isDamage() {
        return !excess
                && DAMAGE.matcher(String.valueOf(getMessage()).toLowerCase(Locale.ROOT)).find();
    }

    /// Whether one ref is in the way of another.
    boolean isConflict() {
        return String.valueOf(getMessage()).contains("cannot lock ref");
    }
}
