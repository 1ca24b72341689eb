package dev.millwright.server.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> local(String expression, String after, int count) {
        CronSchedule schedule = CronSchedule.parse(expression, BERLIN, 1);
        Optional<Instant> at = schedule.next(LocalDateTime.parse(after).atZone(BERLIN).toInstant());
        List<String> found = new ArrayList<>();
        while (at.isPresent() && found.size() < count) {
            found.add(at.get().atZone(BERLIN).toOffsetDateTime().toString());
            at = schedule.next(at.get());
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "0 3 * * *, 2027-01-02T03:00:00Z",
        "*/15 * * * *, 2027-01-01T10:15:00Z",
        "30 0 9 * * *, 2027-01-02T09:00:30Z",
        "0 12 * * mon-fri, 2027-01-01T12:00:00Z",
        "0 0 * * 0, 2027-01-03T00:00:00Z",
        "0 0 * * 7, 2027-01-03T00:00:00Z",
        "0 0 29 2 *, 2028-02-29T00:00:00Z",
        "@hourly, 2027-01-01T11:00:00Z",
        "@daily, 2027-01-02T00:00:00Z",
        "@weekly, 2027-01-03T00:00:00Z",
        "@monthly, 2027-02-01T00:00:00Z",
        "@yearly, 2028-01-01T00:00:00Z",
        "@every 10m, 2027-01-01T10:10:00Z"
    })
    void firesNextAfterTenOClockOnNewYear(String expression, Instant expected) {
        assertThat(
                        CronSchedule.parse(expression, ZoneOffset.UTC, 1)
                                .next(Instant.parse("2027-01-01T10:00:00Z")))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 3 * *",
                "60 * * * *",
                "0 3 * * * * *",
                "@never",
                "@every 1s",
                "@every soon",
                "every day",
                "H(70-80) * * * *"
            })
    void refusesWhatIsNoSchedule(String expression) {
        assertThat(CronSchedule.problem(expression))
                .hasValueSatisfying(why ->
                        assertThat(why)
                                .startsWith("'%s' is not a schedule: ".formatted(expression)));
    }

    @Test
    void aTimeThatSpringSkipsCountsAtTheChange() {
        assertThat(local("30 2 * * *", "2027-03-27T12:00:00", 2))
                .containsExactly("2027-03-28T03:00+02:00", "2027-03-29T02:30+02:00");
    }

    @Test
    void aTimeThatAutumnRepeatsCountsOnce() {
        assertThat(local("30 2 * * *", "2027-10-30T12:00:00", 2))
                .containsExactly("2027-10-31T02:30+02:00", "2027-11-01T02:30+01:00");
    }

    @Test
    void schedulesForEveryHourGoOnThroughBothChanges() {
        assertThat(local("0 * * * *", "2027-03-28T00:30:00", 3))
                .containsExactly(
                        "2027-03-28T01:00+01:00",
                        "2027-03-28T03:00+02:00",
                        "2027-03-28T04:00+02:00");
        assertThat(local("*/30 * * * *", "2027-10-31T01:30:00", 5))
                .containsExactly(
                        "2027-10-31T02:00+02:00",
                        "2027-10-31T02:30+02:00",
                        "2027-10-31T02:00+01:00",
                        "2027-10-31T02:30+01:00",
                        "2027-10-31T03:00+01:00");
    }

    @Test
    void spreadsSchedulesThatAreWrittenAlike() {
        Instant midnight = Instant.parse("2027-01-01T00:00:00Z");
        List<Optional<Instant>> times =
                IntStream.range(0, 50)
                        .mapToObj(seed ->
                                CronSchedule.parse("H H(1-4) * * *", ZoneOffset.UTC, seed * 7919)
                                        .next(midnight))
                        .toList();
        assertThat(times).doesNotContain(Optional.empty());
        assertThat(times.stream().distinct().count()).isGreaterThan(20);
        assertThat(times)
                .allSatisfy(time ->
                        assertThat(time.orElseThrow())
                                .isBetween(
                                        Instant.parse("2027-01-01T01:00:00Z"),
                                        Instant.parse("2027-01-01T04:59:59Z")));
    }
}
