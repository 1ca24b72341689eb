package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.Status;
import dev.millwright.host.use.Point;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notification.Change;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a notifier is told of runs that are started over the API.
class NotifierApiTest extends OwnServer {
    private final KeepingNotifier keeping = new KeepingNotifier();

    @BeforeEach
    void addNotifier() {
        var _ =
                server.plugins
                        .extensions()
                        .add(Point.NOTIFIER, keeping)
                        .add(Point.WEBHOOK, new PullTrigger());
        server.pipeline(
                "web",
                """
                hooks: [{name: pulls, type: pull}]
                inputs: {code: {type: number, default: 0}}
                steps:
                  - {name: build, commands: ["echo begun"]}
                  - name: both
                    parallel:
                      - {name: lint, commands: ["exit 1"], failure: ignore}
                      - name: test
                        commands: ['printf "\\\\033[31mred $CODE\\\\033[0m\\\\n"', 'exit $CODE']
                        environment: {CODE: "${inputs.code}"}
                """);
    }

    private ApplyResult apply(String name, String spec) {
        return server.client.apply(
                "kind: Notifier\nmetadata: {name: %s}\nspec: {%s}\n".formatted(name, spec),
                "default",
                false);
    }

    private void notifier(String spec) {
        assertThat(apply("keep", "type: keeping, with: {to: one}, " + spec).isAccepted()).isTrue();
    }

    private RunId run(int code) {
        RunId run =
                server.client
                        .startRun("default", "web", StartRunRequest.of(Map.of("code", code)))
                        .run();
        server.finish(run);
        awaitNothingWaits();
        return run;
    }

    private void awaitNothingWaits() {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        server.client.queue().outbox().stream()
                                .allMatch(channel -> channel.waiting() == 0));
    }

    @Test
    void whatIsNewIsToldByTheRunBefore() {
        notifier("on: [always]");
        for (int code : List.of(0, 3, 4, 0, 0)) {
            run(code);
        }

        assertThat(keeping.changes())
                .containsExactly(
                        Change.SUCCEEDED,
                        Change.BROKEN,
                        Change.STILL_BROKEN,
                        Change.FIXED,
                        Change.SUCCEEDED);
        assertThat(keeping.subjects())
                .containsExactly(
                        "web#1 succeeded",
                        "web#2 failed: test",
                        "web#3 failed again: test",
                        "web#4 is fixed",
                        "web#5 succeeded");
        assertThat(keeping.messages()).extracting(Notification::id).doesNotHaveDuplicates();
    }

    @Test
    void theTextHoldsWhatFailedAndTheEndOfItsLogAndTheTrace() {
        notifier("on: [failure]");
        RunId run = run(3);

        Notification message = keeping.messages().getFirst();
        assertThat(message.text())
                .startsWith("Pipeline default/web, run 1: failure after ")
                .contains("Step 'test' (0/1/1): ", "\n    red 3\n")
                .contains(
                        """
                        To look at it:
                            millwright explain default/web#1 --server http://localhost
                            millwright logs default/web#1/0/1/1 --server http://localhost

                        API: http://localhost/api/v1/runs/%s
                        """
                                .formatted(run))
                .contains("Trace: " + message.run().traceId())
                .doesNotContain("begun", "lint", "\u001b");
    }

    @Test
    void withoutFurtherWordsFailuresAreToldAndTheirEnd() {
        notifier("pipelines: ['w*']");
        assertThat(
                        apply("other", "type: keeping, with: {to: x}, pipelines: [other-*]")
                                .isAccepted())
                .isTrue();
        assertThat(apply("off", "type: keeping, with: {to: x}, suspend: true").isAccepted())
                .isTrue();
        assertThat(apply("far", "type: keeping, with: {to: x}, branches: [main]").isAccepted())
                .isTrue();
        assertThat(apply("cron", "type: keeping, with: {to: x}, events: [cron]").isAccepted())
                .isTrue();
        for (int code : List.of(0, 3, 3, 0)) {
            run(code);
        }

        assertThat(keeping.changes())
                .containsExactly(Change.BROKEN, Change.STILL_BROKEN, Change.FIXED);
    }

    @Test
    void aPullRequestIsComparedWithItselfAlone() throws Exception {
        notifier("on: [always], branches: [main], events: [pull_request]");
        run(3);
        for (String pull : List.of("17 3", "18 0", "17 0", "18 3")) {
            int before = keeping.messages().size();
            var answer =
                    server.send(
                            server.request("/hooks/pull/default.web.pulls")
                                    .POST(BodyPublishers.ofString(pull)));
            assertThat(answer.statusCode()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> keeping.messages().size() == before + 1);
        }

        assertThat(keeping.changes())
                .containsExactly(Change.BROKEN, Change.SUCCEEDED, Change.FIXED, Change.BROKEN);
    }

    @Test
    void whoWaitsForAnApprovalIsToldWhileItWaits() {
        server.pipeline("ship", "steps: [{name: go, approve: {message: 'Ship it?'}}]\n");
        notifier("on: [started, waiting, success, cancelled]");
        RunId run = server.begin("ship");
        server.awaitStep(run, new StepPath("0/0"), Status.BLOCKED);
        await().atMost(Duration.ofSeconds(30)).until(() -> keeping.messages().size() == 2);
        assertThat(keeping.messages().getLast().text())
                .contains("    millwright approve default/ship#1 0/0 --server http://localhost\n");
        server.client.approve(run, new StepPath("0/0"), new ApprovalRequest(true, ""));
        server.finish(run);
        awaitNothingWaits();

        assertThat(keeping.subjects())
                .containsExactly(
                        "ship#1 started", "ship#1 waits for an approval: go", "ship#1 succeeded");

        keeping.away(true);
        RunId second = server.begin("ship");
        await().atMost(Duration.ofSeconds(30)).until(() -> !keeping.refused().isEmpty());
        server.awaitStep(second, new StepPath("0/0"), Status.BLOCKED);
        server.client.cancel(second, new CancelRequest("", false));
        server.finish(second);
        keeping.away(false);
        awaitNothingWaits();

        assertThat(keeping.changes()).hasSize(5).endsWith(Change.STARTED, Change.CANCELLED);
        assertThat(keeping.messages().get(3).id()).isEqualTo(keeping.refused().getFirst().id());
    }

    @Test
    void whatCannotBeToldYetWaitsAndSaysWhy() {
        assertThat(apply("pager", "type: pager").isAccepted()).isTrue();
        server.finish(
                server.client
                        .startRun("default", "web", StartRunRequest.of(Map.of("code", 1)))
                        .run());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(server.client.queue().outbox())
                                .singleElement()
                                .satisfies(channel -> {
                                    assertThat(channel.name()).isEqualTo("notifier default/pager");
                                    assertThat(channel.reason())
                                            .contains(
                                                    "offers the notifier 'pager'; built in are keeping")
                                            .contains("'millwright plugin list'");
                                }));
        server.client.delete("default", "notifiers", "pager");
        assertThat(server.client.queue().outbox()).isEmpty();
    }

    @Test
    void aMistakeIsToldWhenItIsApplied() {
        for (String wrong :
                List.of(
                        "type: ''",
                        "type: keeping, with: {to: x}, on: [failed]",
                        "type: keeping, with: {to: x}, on: []",
                        "type: keeping, with: {to: x}, events: [pushed]",
                        "type: keeping, with: {to: x}, branch: main",
                        "type: keeping, with: {too: x}")) {
            assertThat(apply("keep", wrong).isAccepted()).as(wrong).isFalse();
        }
    }
}
