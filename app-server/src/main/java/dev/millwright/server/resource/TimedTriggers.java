package dev.millwright.server.resource;

import dev.millwright.server.resource.PipelineSpec.Cron;
import dev.millwright.server.resource.PipelineSpec.Misfire;
import dev.millwright.server.resource.PipelineSpec.Overlap;
import dev.millwright.server.resource.PipelineSpec.Poll;
import dev.millwright.server.trigger.schedule.CronSchedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Reads what a pipeline does by the clock: its schedules and its polls.
final class TimedTriggers {
    private TimedTriggers() {}

    static Cron cron(SpecFields fields) {
        fields.onlyKnown(
                List.of(
                        "name",
                        "schedule",
                        "timeZone",
                        "misfire",
                        "overlap",
                        "jitter",
                        "startAt",
                        "endAt",
                        "suspend",
                        "ref",
                        "inputs"));
        String name = fields.has("name") ? fields.text("name") : "cron";
        if (!name.matches(PipelineSpecReader.NAME)) {
            fields.problem("name", "a schedule's name has lower-case letters, digits and '-'");
        }
        if (fields.texts("schedule").isEmpty()) {
            fields.problem("schedule", "a schedule is missing, such as '0 3 * * *'");
        }
        for (String schedule : fields.texts("schedule")) {
            CronSchedule.problem(schedule).ifPresent(why -> fields.problem("schedule", why));
        }
        return new Cron(
                name,
                fields.texts("schedule"),
                zone(fields),
                fields.oneOf(
                        "misfire",
                        Map.of("skip", Misfire.SKIP, "once", Misfire.ONCE, "all", Misfire.ALL),
                        Misfire.ONCE),
                fields.oneOf(
                        "overlap",
                        Map.of(
                                "allow", Overlap.ALLOW,
                                "forbid", Overlap.FORBID,
                                "replace", Overlap.REPLACE),
                        Overlap.ALLOW),
                fields.duration("jitter"),
                fields.instant("startAt"),
                fields.instant("endAt"),
                fields.flag("suspend"),
                fields.text("ref"),
                fields.values("inputs"));
    }

    private static ZoneId zone(SpecFields fields) {
        if (!fields.has("timeZone")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(fields.text("timeZone"));
        } catch (DateTimeException unknown) {
            fields.problem(
                    "timeZone",
                    "'%s' is not a time zone; write it like Europe/Berlin"
                            .formatted(fields.text("timeZone")));
            return ZoneOffset.UTC;
        }
    }

    static Poll poll(SpecFields fields) {
        fields.onlyKnown(List.of("name", "type", "every", "with"));
        PipelineSpecReader.checkName(fields, "a poll");
        PipelineSpecReader.checkType(fields, "a poll", "git");
        Duration every = fields.has("every") ? fields.duration("every") : Poll.USUAL;
        if (every.compareTo(Poll.SHORTEST) < 0) {
            fields.problem(
                    "every",
                    "a poll looks no more often than every %d seconds"
                            .formatted(Poll.SHORTEST.toSeconds()));
        }
        return new Poll(fields.text("name"), fields.text("type"), every, fields.parameters("with"));
    }
}
