package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.hook.PushEvent;
import dev.millwright.forgekit.hook.Refs;
import dev.millwright.forgekit.payload.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of the changes in a `repo:push` of Bitbucket Cloud: what a ref was and what it is now.
/// Immutable.
record CloudChange(JsonObject change) implements PushEvent {
    private static final Pattern NAME_AND_ADDRESS = Pattern.compile("(.*?)\\s*<([^<>]*)>");

    @Override
    public String ref() {
        JsonObject named = deleted() ? change.object("old") : change.object("new");
        String name = named.text("name");
        return switch (named.text("type")) {
            case "branch", "named_branch" -> Refs.branch(name);
            case "tag", "annotated_tag" -> Refs.tag(name);
            default -> name;
        };
    }

    @Override
    public boolean created() {
        return change.lacks("old");
    }

    @Override
    public boolean deleted() {
        return change.lacks("new");
    }

    private JsonObject target() {
        return change.object("new").object("target");
    }

    @Override
    public String commit() {
        return target().text("hash");
    }

    @Override
    public String previousCommit() {
        return created() ? "" : change.object("old").object("target").text("hash");
    }

    @Override
    public Optional<HeadCommit> head() {
        JsonObject commit = target();
        String raw = commit.at("/author/raw").orElse("");
        Matcher author = NAME_AND_ADDRESS.matcher(raw);
        boolean both = author.matches();
        return Optional.of(
                new HeadCommit(
                        commit.textOrEmpty("message"),
                        commit.at("/links/html/href").orElse(""),
                        both ? author.group(1) : raw,
                        both ? author.group(2) : ""));
    }

    /// Bitbucket tells of none.
    @Override
    public Optional<List<String>> changedFiles() {
        return Optional.empty();
    }
}
