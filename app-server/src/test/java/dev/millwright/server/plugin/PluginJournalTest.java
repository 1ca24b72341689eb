package dev.millwright.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.PluginStatus;
import dev.millwright.host.PluginStatus.State;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S55")
class PluginJournalTest {
    @TempDir Path folder;

    private Database database;
    private Journal journal;
    private PluginJournal plugins;

    @BeforeEach
    void open() {
        database = TestDatabases.embedded(folder);
        journal = Journal.create(database);
        plugins = new PluginJournal(database, journal, "build1:8080");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static PluginStatus plugin(String file, State state, String sha256, String reason) {
        return plugin(file, state, sha256, reason, "");
    }

    private static PluginStatus plugin(
            String file, State state, String sha256, String reason, String warning) {
        boolean used = state != State.FAILED;
        return new PluginStatus(
                file,
                state,
                reason,
                warning,
                used ? "git-poll" : "",
                used ? "1.0" : "",
                "",
                "",
                "",
                sha256,
                "",
                0,
                List.of());
    }

    private List<String> told() {
        return journal.after(0, EventFilter.ALL, 20).stream()
                .map(event ->
                        "%s %s %s"
                                .formatted(
                                        event.type(),
                                        event.subject(),
                                        event.data()
                                                .text("reason")
                                                .or(() -> event.data().text("sha256"))
                                                .orElse("")))
                .toList();
    }

    @Test
    void tellsWhichCodeCameIntoUseAndWent() {
        plugins.look(List.of(plugin("poll.jar", State.STARTED, "aa", "")));
        plugins.look(List.of(plugin("poll.jar", State.STARTED, "aa", "")));
        plugins.look(List.of(plugin("poll.jar", State.STARTED, "bb", "")));
        plugins.look(List.of(plugin("poll.jar", State.STOPPING, "bb", "")));

        assertThat(told())
                .containsExactly(
                        "plugin.loaded plugin/poll.jar aa",
                        "plugin.loaded plugin/poll.jar bb",
                        "plugin.removed plugin/poll.jar bb");
        assertThat(journal.after(0, EventFilter.ALL, 1).getFirst().data().text("server"))
                .contains("build1:8080");
    }

    @Test
    void tellsThatAnOlderVersionHasTakenThePlaceOfANewerOne() {
        plugins.look(List.of(plugin("poll.jar", State.STARTED, "bb", "")));
        plugins.look(List.of(plugin("poll.jar", State.STARTED, "aa", "", "it is older")));
        plugins.look(List.of(plugin("poll.jar", State.STARTED, "aa", "", "it is older")));

        assertThat(told())
                .containsExactly(
                        "plugin.loaded plugin/poll.jar bb",
                        "plugin.loaded plugin/poll.jar aa",
                        "plugin.downgraded plugin/poll.jar it is older");
    }

    @Test
    void tellsOnceWhatWasRefusedAndWhy() {
        plugins.look(List.of(plugin("odd.jar", State.FAILED, "", "it is not signed")));
        plugins.look(List.of(plugin("odd.jar", State.FAILED, "", "it is not signed")));
        plugins.look(List.of(plugin("odd.jar", State.FAILED, "", "its signature is wrong")));
        // One that was good goes on, and the file that was to replace it is refused
        plugins.look(List.of(plugin("odd.jar", State.STARTED, "aa", "")));
        plugins.look(List.of(plugin("odd.jar", State.STARTED, "aa", "it is not signed")));

        assertThat(told())
                .containsExactly(
                        "plugin.refused plugin/odd.jar it is not signed",
                        "plugin.refused plugin/odd.jar its signature is wrong",
                        "plugin.loaded plugin/odd.jar aa",
                        "plugin.refused plugin/odd.jar it is not signed");
    }

    @Test
    void tellsOnceThatAFileIsSupersededWhicheverVersionIsUsedInItsPlace() {
        plugins.look(List.of(plugin("old.jar", State.SUPERSEDED, "", "1.1 is in use")));
        plugins.look(List.of(plugin("old.jar", State.SUPERSEDED, "", "1.2 is in use")));

        assertThat(told()).containsExactly("plugin.refused plugin/old.jar 1.1 is in use");
    }
}
