package dev.millwright.node.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.placement.FactNames;
import dev.millwright.node.BasicFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFactsTest {
    @TempDir Path root;

    private Path script(String name, String text) throws IOException {
        Path file = Files.createDirectories(root.resolve("facts.d")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Map<String, String> scripts(Duration timeout) throws InterruptedException {
        return new FactScripts(root.resolve("facts.d"), timeout).look();
    }

    @Test
    void tellsOfTheMachineItsToolsAndItsScripts() throws Exception {
        script("gpu", "echo gpu=a100");
        Map<String, String> facts = MachineFacts.of(root).look();
        assertThat(facts)
                .containsAllEntriesOf(BasicFacts.ofThisMachine())
                .containsEntry("gpu", "a100")
                .containsKeys("hostname", "kernel", "os.name", "disk.total", "disk.free");
        assertThat(facts.get("tool.git")).matches("\\d+\\.\\d+.*");
    }

    /// What has another name counts as somebody's own, and perhaps as a slip.
    @Test
    void whatIsFoundWithoutScriptsHasTheNamesOfFacts() throws Exception {
        assertThat(MachineFacts.of(root).look().keySet()).allMatch(FactNames::isBuiltIn);
    }

    @Test
    void whatWasFoundIsKnownAfterARestart() throws Exception {
        Path gpu = script("gpu", "echo gpu=a100; echo memory=1Gi");
        MachineFacts first = MachineFacts.of(root);
        assertThat(first.known()).isEqualTo(BasicFacts.ofThisMachine());
        Map<String, String> found = first.look();

        MachineFacts second = MachineFacts.of(root);
        assertThat(second.known()).isEqualTo(found).containsEntry("memory", "1Gi");
        Files.delete(gpu);
        assertThat(second.look()).doesNotContainKey("gpu");
        assertThat(MachineFacts.of(root).known()).doesNotContainKey("gpu");
    }

    @Test
    void aFileThatCannotBeReadIsWrittenAnew() throws Exception {
        Files.writeString(root.resolve("facts.json"), "{\"os\": ");
        MachineFacts facts = MachineFacts.of(root);
        assertThat(facts.known()).isEqualTo(BasicFacts.ofThisMachine());
        Map<String, String> found = facts.look();
        assertThat(MachineFacts.of(root).known()).isEqualTo(found);
    }

    @Test
    void goodScriptsTellInSpiteOfBadOnes() throws Exception {
        script("1-lines", "echo 'rack = r7'; echo; echo '# note'; echo nonsense; echo '9x=1'");
        script("2-json", "echo '{\"gpu\": \"a100\", \"count\": 2}'");
        script("3-broken-json", "echo '{\"gpu\": '");
        script("4-fails", "echo zone=lost; exit 3");
        script("5-hangs", "echo zone=lost; sleep 100");
        Files.writeString(root.resolve("facts.d/README"), "not=run");

        assertThat(scripts(Duration.ofSeconds(3))).isEqualTo(Map.of("rack", "r7", "gpu", "a100"));
    }

    @Test
    void ofTwoScriptsTheLastCounts() throws Exception {
        script("1", "echo a=1; echo b=1");
        script("2", "echo a=2");
        assertThat(scripts(Duration.ofSeconds(10))).isEqualTo(Map.of("a", "2", "b", "1"));
    }

    @Test
    void aFolderThatIsNotThereTellsNothing() throws Exception {
        assertThat(scripts(Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void sayWhichLineIsWrong() {
        assertThat(FactLines.parse("gpu", "a=1\nb\n").problems())
                .containsExactly("gpu, line 2: 'b' is not key=value");
        assertThat(FactLines.parse("gpu", "{\n\"a\": x}").problems())
                .singleElement()
                .asString()
                .startsWith("gpu, line 2: not JSON");
        assertThat(FactLines.parse("gpu", "{\"a\": 1}").problems())
                .containsExactly("gpu: 'a' is not a text");
    }

    @Test
    void aToolIsAskedAgainOnlyWhenItHasChanged() throws Exception {
        Path git = script("git", "echo asked >> " + root + "/asked; echo git version 2.39.5");
        ToolVersions tools = new ToolVersions(git.getParent() + ":/usr/bin:/bin");
        assertThat(tools.look()).containsEntry("tool.git", "2.39.5");
        assertThat(tools.look()).containsEntry("tool.git", "2.39.5");
        assertThat(root.resolve("asked")).hasContent("asked");

        script("git", "echo git version 2.40.0");
        Files.setLastModifiedTime(git, FileTime.from(Instant.now().plusSeconds(9)));
        assertThat(tools.look()).containsEntry("tool.git", "2.40.0");
        Files.delete(git);
        assertThat(tools.look().get("tool.git")).isNotEqualTo("2.40.0");
    }

    @Test
    void aScriptThatFailsSilentlyIsToldInAWholeSentence() {
        assertThat(FactScripts.said(" \n")).isEqualTo("it said nothing on standard error");
        assertThat(FactScripts.said("no\nsuch card\n")).isEqualTo("no such card");
    }

    @Test
    void freeSpaceIsToldInSteps() {
        assertThat(Machine.rounded(7)).isEqualTo(7);
        assertThat(Machine.rounded(76)).isEqualTo(76);
        assertThat(Machine.rounded(767)).isEqualTo(760);
        assertThat(Machine.rounded(12_345)).isEqualTo(12_000);
    }
}
