package dev.millwright.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.notify.Notification.Change;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotifierSpecTest {
    private static NotifierSpec spec(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("type", "mail");
        NotifierSpec.Reading reading = NotifierSpec.read(new Parameters(all));
        assertThat(reading.problems()).isEmpty();
        return reading.spec();
    }

    @Test
    void whatIsLeftOutHasDefaults() {
        NotifierSpec spec = spec(Map.of());
        assertThat(spec.on())
                .containsExactlyInAnyOrder(Change.BROKEN, Change.STILL_BROKEN, Change.FIXED);
        assertThat(spec.keepFor()).isEqualTo(Duration.ofDays(3));
        assertThat(spec.keepMost()).isEqualTo(10_000);
        assertThat(spec.wants("push", "main")).isTrue();
        assertThat(spec.wants("tag", "")).isTrue();
    }

    @Test
    void wordsMayBeWrittenAlone() {
        assertThat(spec(Map.of("on", "changed")).on())
                .containsExactlyInAnyOrder(Change.BROKEN, Change.FIXED);
        assertThat(spec(Map.of("on", List.of("success", "waiting"))).on())
                .containsExactlyInAnyOrder(Change.SUCCEEDED, Change.FIXED, Change.WAITING);
        assertThat(spec(Map.of("on", "always")).on())
                .doesNotContain(Change.STARTED, Change.WAITING)
                .hasSize(5);
    }

    @Test
    void itChoosesByBranchAndEvent() {
        NotifierSpec spec =
                spec(Map.of("branches", List.of("main", "release/*"), "events", "push"));
        assertThat(spec.wants("push", "release/1")).isTrue();
        assertThat(spec.wants("push", "topic")).isFalse();
        assertThat(spec.wants("push", "")).isFalse();
        assertThat(spec.wants("cron", "main")).isFalse();
    }

    @Test
    void aWordThatIsNotKnownIsOneMistake() {
        assertThat(
                        NotifierSpec.read(
                                        new Parameters(
                                                Map.of("type", "slack", "on", List.of("allways"))))
                                .problems())
                .extracting(ResourceProblem::message)
                .containsExactly("'allways' is not known here; did you mean 'always'?");
    }

    @Test
    void everyMistakeIsTold() {
        assertThat(
                        NotifierSpec.read(
                                        new Parameters(
                                                Map.of(
                                                        "with", "x",
                                                        "on", List.of("failed"),
                                                        "events", "pushed",
                                                        "branch", "main")))
                                .problems())
                .extracting(ResourceProblem::pointer)
                .contains("/type", "/with", "/on", "/events", "/branch");
    }
}
