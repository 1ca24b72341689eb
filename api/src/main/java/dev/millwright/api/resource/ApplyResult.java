package dev.millwright.api.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What applying (or comparing) a set of documents did (or would do), one item per document.
///
/// @param dryRun whether nothing was changed on purpose
public record ApplyResult(boolean dryRun, List<Item> items) {
    public ApplyResult {
        items = List.copyOf(items);
    }

    /// Whether nothing was refused.
    public boolean isAccepted() {
        return items.stream()
                .noneMatch(i -> i.action() == Action.INVALID || i.action() == Action.CONFLICT);
    }

    /// What happened to one document.
    public enum Action {
        CREATED,
        CHANGED,
        UNCHANGED,
        DELETED,
        INVALID,
        CONFLICT
    }

    /// One document.
    ///
    /// @param revision after the change; missing when it was refused
    /// @param problems why it was refused; of an accepted one, what keeps it from working yet, such
    ///   as a plugin that is not installed, or what was perhaps meant otherwise
    /// @param diff unified difference between stored and given text; empty when there is none
    public record Item(
            String kind,
            String namespace,
            String name,
            Action action,
            @Nullable Long revision,
            String diff,
            List<Fault> problems) {
        public Item {
            problems = List.copyOf(problems);
        }
    }

    /// What is wrong with a document.
    ///
    /// @param pointer JSON pointer into the document; may be empty
    /// @param line line in the text that was sent, from 1; missing when unknown
    /// @param suggestion what to write instead; may be empty
    public record Fault(
            String pointer,
            String message,
            String suggestion,
            @Nullable Integer line,
            @Nullable Integer column) {}
}
