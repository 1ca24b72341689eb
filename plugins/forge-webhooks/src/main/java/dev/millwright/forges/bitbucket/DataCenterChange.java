package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.hook.PushEvent;
import dev.millwright.forgekit.hook.Refs;
import dev.millwright.forgekit.payload.JsonObject;
import java.util.List;
import java.util.Optional;

/// One of the changes in a `repo:refs_changed` of Bitbucket Data Center. Immutable.
///
/// @param payload the whole, which describes the newest commit since version 8
record DataCenterChange(JsonObject change, JsonObject payload) implements PushEvent {
    @Override
    public String ref() {
        return change.object("ref").text("id");
    }

    @Override
    public boolean created() {
        return change.text("type").equals("ADD");
    }

    @Override
    public boolean deleted() {
        return change.text("type").equals("DELETE");
    }

    /// Empty for a tag whose commit is not told: `toHash` may be the tag itself.
    @Override
    public String commit() {
        Optional<JsonObject> told = toCommit();
        if (told.isPresent()) {
            return told.get().text("id");
        }
        return Refs.isTag(ref()) ? "" : change.text("toHash");
    }

    @Override
    public String previousCommit() {
        return created() ? "" : change.text("fromHash");
    }

    /// Which of several refs it belongs to is not told.
    private Optional<JsonObject> toCommit() {
        return payload.objects("changes").size() == 1
                ? payload.optional("toCommit")
                : Optional.empty();
    }

    @Override
    public Optional<HeadCommit> head() {
        return toCommit()
                .map(commit ->
                        new HeadCommit(
                                commit.textOrEmpty("message"),
                                "",
                                commit.at("/author/name").orElse(""),
                                commit.at("/author/emailAddress").orElse("")));
    }

    /// Bitbucket tells of none.
    @Override
    public Optional<List<String>> changedFiles() {
        return Optional.empty();
    }
}
