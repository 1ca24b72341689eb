package dev.millwright.server.run;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.StepState;
import dev.millwright.server.event.NewEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Puts the difference between two states into words for the journal. The events of one run are
/// numbered without gaps, because each decision stores them together with the run's counter.
final class RunEvents {
    private final RunRecord run;
    private final List<NewEvent> events = new ArrayList<>();

    private RunEvents(RunRecord run) {
        this.run = run;
    }

    /// The events of a run that was just made.
    static List<NewEvent> created(RunRecord run) {
        RunEvents words = new RunEvents(run);
        words.add("run.queued", run.address(), words.runData());
        return words.numberedFrom(run.eventCount() - 1);
    }

    /// The events that tell of a decision, numbered on from what was stored last.
    ///
    /// @param changed the positions whose state may differ, in the order of the plan
    static List<NewEvent> changes(ActiveRun before, ActiveRun after, List<Integer> changed) {
        RunRecord old = before.record();
        RunRecord run = after.record();
        RunEvents words = new RunEvents(run);
        if (old.startedAt().isEmpty() && run.startedAt().isPresent()) {
            words.add("run.started", run.address(), words.runData());
        }
        for (Step step : told(after, changed)) {
            int position = after.plan().indexOf(step.path());
            words.step(step, before.state().step(position), after.state().step(position));
        }
        if (old.phase() != run.phase() && run.phase() != RunPhase.RUNNING) {
            words.add(
                    "run." + run.phase().name().toLowerCase(Locale.ROOT),
                    run.address(),
                    words.runData());
        }
        return words.numberedFrom(old.eventCount());
    }

    /// A group begins before the steps inside it and ends after them.
    private static List<Step> told(ActiveRun after, List<Integer> changed) {
        List<Step> told = new ArrayList<>();
        Deque<Step> ended = new ArrayDeque<>();
        for (int position : changed) {
            Step step = after.plan().step(position);
            while (!ended.isEmpty() && !step.path().isWithin(ended.getFirst().path())) {
                told.add(ended.removeFirst());
            }
            if (after.state().step(position).isFinished()) {
                ended.addFirst(step);
            } else {
                told.add(step);
            }
        }
        told.addAll(ended);
        return told;
    }

    private List<NewEvent> numberedFrom(long last) {
        List<NewEvent> numbered = new ArrayList<>(events.size());
        long next = last;
        for (NewEvent event : events) {
            next++;
            numbered.add(
                    NewEvent.of(
                            event.namespace(),
                            event.type(),
                            event.subject(),
                            run.id(),
                            next,
                            event.data()));
        }
        return numbered;
    }

    private void step(Step step, StepState old, StepState now) {
        boolean same = old.phase() == now.phase() && old.attempt() == now.attempt();
        if (same && old.cause().equals(now.cause()) && old.message().equals(now.message())) {
            return;
        }
        String type =
                switch (now.phase()) {
                    case PENDING -> "step.pending";
                    case DELAYED -> "step.delayed";
                    case QUEUED -> "step.queued";
                    case BLOCKED -> "step.blocked";
                    case RUNNING -> "step.started";
                    case CANCELLING -> "step.cancelling";
                    case FINISHED -> "step.finished";
                };
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", step.path().value());
        data.put("name", step.name());
        data.put("status", Statuses.of(step, now));
        data.put("attempt", now.attempt());
        now.outcome().ifPresent(outcome -> data.put("outcome", outcome.word()));
        put(data, "cause", now.cause());
        put(data, "message", now.message());
        if (now.exitCodeOrNull() != null) {
            data.put("exitCode", now.exitCodeOrNull());
        }
        add(type, run.address() + "/" + step.path().value(), data);
    }

    private Map<String, Object> runData() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("pipeline", run.pipeline());
        data.put("number", run.number());
        data.put("status", Statuses.of(run));
        data.put("event", run.event());
        run.outcome().ifPresent(outcome -> data.put("outcome", outcome.word()));
        put(data, "branch", run.branch());
        put(data, "commit", run.commit());
        put(data, "message", run.message());
        return data;
    }

    private static void put(Map<String, Object> data, String key, String value) {
        if (!value.isEmpty()) {
            data.put(key, value);
        }
    }

    private void add(String type, String subject, Map<String, Object> data) {
        events.add(NewEvent.of(run.namespace(), type, subject, run.id(), 0, new Parameters(data)));
    }
}
