package dev.millwright.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepSearchTest {
    private final List<StepView> steps =
            Steps.of(Status.SUCCESS)
                    .add("0/0", "build", "sequence", Status.SUCCESS, 1)
                    .leaf("0/0/0", "compile", Status.SUCCESS, 1)
                    .leaf("0/0/1", "test", Status.SUCCESS, 1)
                    .add("0/1", "deploy", "sequence", Status.SUCCESS, 1)
                    .leaf("0/1/0", "deploy", Status.SUCCESS, 1)
                    .leaf("0/1/1", "test", Status.SUCCESS, 1)
                    .list();

    @Test
    void pathsAndNamesAndTheEndsOfNamesAreUnderstood() {
        assertThat(StepSearch.find(steps, "0/0/1").name()).isEqualTo("test");
        assertThat(StepSearch.find(steps, "build/test").path()).hasToString("0/0/1");
        assertThat(StepSearch.find(steps, "compile").path()).hasToString("0/0/0");
    }

    @Test
    void theBodyOfAStepWithSetupIsMeantWhenItsGroupHasTheSameName() {
        assertThat(StepSearch.find(steps, "deploy").path()).hasToString("0/1/0");
    }

    @Test
    void anAmbiguousNameListsTheChoices() {
        assertThatThrownBy(() -> StepSearch.find(steps, "test"))
                .hasMessageContaining("0/0/1 build/test, 0/1/1 deploy/test");
    }

    @Test
    void anUnknownNameListsWhatThereIs() {
        assertThatThrownBy(() -> StepSearch.find(steps, "tst"))
                .hasMessageContaining("the run has no step 'tst'")
                .hasMessageContaining("build/compile");
    }

    @Test
    void noNameIsListedTwice() {
        assertThatThrownBy(() -> StepSearch.find(steps, "tst"))
                .hasMessageEndingWith(
                        "it has: build, build/compile, build/test, deploy, deploy/test");
    }
}
