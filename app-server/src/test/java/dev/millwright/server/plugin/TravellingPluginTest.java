package dev.millwright.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.log.LogPosition;
import dev.millwright.node.Assignment;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import dev.millwright.node.plugin.NodePlugins;
import dev.millwright.node.process.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a server's plugins on a node.
class TravellingPluginTest extends TravelFixture {
    @Test
    void aPluginOfTheServerCarriesOutStepsOnTheNode() throws Exception {
        saying("1.0.0", "one").jar(jar());

        tell();

        until(this::isOffered);
        Assignment step = begin("started by one");
        end(step);
        assertThat(files()).hasSize(1);
        assertThat(files().getFirst()).hasSameBinaryContentAs(jar());
    }

    @Test
    void workInFlightEndsWithItsVersionAndNewWorkGoesToTheNewOne() throws Exception {
        saying("1.0.0", "one").jar(jar());
        tell();
        until(this::isOffered);
        Assignment old = begin("started by one");

        // Not even a higher version: whoever develops a plugin installs the same again and again
        saying("1.0.0", "two").jar(jar());
        tell();
        until(() -> files().size() == 1 && Files.mismatch(files().getFirst(), jar()) < 0);

        Assignment fresh = begin("started by two");
        assertThat(said(old)).isEqualTo("started by one\n");
        end(old);
        end(fresh);
    }

    @Test
    void anOlderVersionIsTakenWhenTheServerGoesBackToIt() throws Exception {
        saying("2.0.0", "two").jar(jar());
        tell();
        until(this::isOffered);

        saying("1.0.0", "one").jar(jar());
        tell();
        until(() -> files().size() == 1 && Files.mismatch(files().getFirst(), jar()) < 0);

        end(begin("started by one"));
    }

    @Test
    void aPluginThatIsTakenAwayGetsNoNewWorkAndStaysForTheNextLifeUntilItsWorkHasEnded()
            throws Exception {
        saying("1.0.0", "one").jar(jar());
        tell();
        until(this::isOffered);
        Assignment step = begin("started by one");

        Files.delete(jar());
        tell();
        until(() -> !isOffered());
        assertThat(files()).hasSize(1);
        closeNode();
        startNode();
        assertThat(isOffered()).isFalse();
        Known found = agent.hello().getFirst();
        assertThat(found.state()).isEqualTo(Known.State.RUNNING);
        assertThat(said(step)).isEqualTo("started by one\nfound by one\n");
        agent.settle(step.attempt(), new Settlement.Continue(LogPosition.START));
        end(step);

        until(() -> files().isEmpty());
    }

    @Test
    void theNextLifeOffersAndFindsBeforeAnyServerIsThere() throws Exception {
        saying("1.0.0", "one").jar(jar());
        tell();
        until(this::isOffered);
        Assignment step = begin("started by one");
        closeNode();

        startNode();

        assertThat(isOffered()).isTrue();
        assertThat(agent.hello().getFirst().state()).isEqualTo(Known.State.RUNNING);
        agent.settle(step.attempt(), new Settlement.Continue(LogPosition.START));
        end(step);
    }

    @Test
    void aFileThatWasChangedOnTheNodeIsNotLoadedAndFetchedAgain() throws Exception {
        saying("1.0.0", "one").jar(jar());
        tell();
        until(this::isOffered);
        closeNode();
        Path changed = saying("1.0.0", "evil").jar(folder.resolve("evil.jar"));
        Files.copy(changed, files().getFirst(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        startNode();
        assertThat(isOffered()).isFalse();
        tell();

        until(this::isOffered);
        end(begin("started by one"));
    }

    @Test
    void aFileThatNobodyToldOfIsNotUsed() throws Exception {
        closeNode();
        saying("1.0.0", "evil").jar(folder.resolve("node/plugins/sayer.jar"));

        startNode();
        plugins.told(List.of(), source);

        assertThat(isOffered()).isFalse();
        assertThat(plugins.find("sayer")).isEmpty();
    }

    @Test
    void whatDoesNotHaveItsHashIsShownAndNotUsed() throws Exception {
        lying = true;
        saying("1.0.0", "one").jar(jar());

        tell();

        until(() ->
                agent.missingRunners()
                        .getOrDefault("sayer", "")
                        .startsWith("plugin sayer 1.0.0: what the server gave does not have"));
        assertThat(files()).isEmpty();
        assertThat(isOffered()).isFalse();
    }

    @Test
    void aNodeThatTrustsKeysTakesNothingWithoutASignatureByOneOfThem() throws Exception {
        closeNode();
        trusted = List.of("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
        startNode();
        saying("1.0.0", "one").jar(jar());

        tell();

        until(() -> agent.missingRunners().getOrDefault("sayer", "").contains("is not signed"));
        assertThat(isOffered()).isFalse();
    }

    @Test
    void aNodeThatTakesNoPluginsSaysSo() throws Exception {
        saying("1.0.0", "one").jar(jar());
        server.tick();
        shelf.look(server);
        try (NodePlugins none = NodePlugins.refuse(List.of(new ProcessRunner()))) {
            none.told(shelf.plugins().stream().map(TravelFixture::offered).toList(), source);

            assertThat(none.kinds()).containsExactly("process");
            assertThat(none.missing().get("sayer")).contains("takes no plugins (--no-plugins)");
        }
    }
}
