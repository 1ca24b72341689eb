package dev.millwright.server.web;

import dev.millwright.api.Page;
import dev.millwright.api.poll.PollView;
import dev.millwright.server.access.Access;
import dev.millwright.server.poll.PollStatus;
import dev.millwright.server.poll.Polls;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import java.util.List;

/// Polls of pipelines: when they look, and what is wrong with them.
final class PollRoutes {
    private final Polls polls;

    PollRoutes(Polls polls) {
        this.polls = polls;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/polls", Access.VIEW, "polls", "List the polls of pipelines")
                        .with(
                                Parameter.query("namespace", "Only of this namespace", "default"),
                                Parameter.query("pipeline", "Only of this pipeline", "web"))
                        .gives(Reply.json(200, Common.page(PollView.class), "All polls"))
                        .by(this::list));
    }

    private Answer list(Call call) {
        String namespace = call.query("namespace").orElse("");
        String pipeline = call.query("pipeline").orElse("");
        return Answer.ok(
                new Page<>(
                        polls.list().stream()
                                .filter(one -> fits(namespace, one.namespace()))
                                .filter(one -> fits(pipeline, one.pipeline()))
                                .map(PollRoutes::view)
                                .toList(),
                        null));
    }

    private static boolean fits(String wanted, String name) {
        return wanted.isEmpty() || wanted.equals(name);
    }

    private static PollView view(PollStatus poll) {
        return new PollView(
                poll.namespace(),
                poll.pipeline(),
                poll.poll().name(),
                poll.poll().type(),
                poll.poll().every().toMillis(),
                word(poll),
                poll.failures(),
                poll.problem(),
                poll.lookedAtOrNull(),
                poll.foundAtOrNull(),
                poll.suspended() || poll.looking() ? null : poll.nextAt());
    }

    private static String word(PollStatus poll) {
        if (poll.suspended()) {
            return "suspended";
        }
        if (poll.looking()) {
            return "looking";
        }
        return poll.problem().isEmpty() ? "waiting" : "failing";
    }
}
