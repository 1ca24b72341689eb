package dev.millwright.server.web;

import dev.millwright.api.run.Status;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.access.Access;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.RunQuery;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.Runs;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Badge;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.RunViews;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last result of pipelines for pages and desktops of others: badges and `cc.xml`.
final class BadgeRoutes {
    private static final String SVG = "image/svg+xml";
    private static final String XML = "application/xml";
    private static final int LOOKED_AT = 20;

    private final Runs runs;
    private final Resources resources;

    BadgeRoutes(Runs runs, Resources resources) {
        this.runs = runs;
        this.resources = resources;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/v1/badges/{ns}/{name}/status.svg",
                                Access.OPEN,
                                "badges",
                                "Draw the last result of a pipeline; pull requests do not count")
                        .with(
                                Common.NAMESPACE,
                                Common.NAME,
                                Parameter.query("branch", "Only of this branch", "main"),
                                Common.KNOWN_TAG)
                        .gives(Reply.text(200, SVG, "The badge"))
                        .by(this::badge),
                Route.get(
                                "/api/v1/cc.xml",
                                Access.VIEW,
                                "badges",
                                "List the last results of all pipelines for CCTray clients")
                        .with(Common.KNOWN_TAG)
                        .gives(Reply.text(200, XML, "The projects"))
                        .by(_ -> fresh(XML, ccTray())));
    }

    private static Answer fresh(String type, String text) {
        return Answer.text(type, text)
                .with("ETag", Answer.tagOf(text))
                .with("Cache-Control", "no-cache");
    }

    private Answer badge(Call call) {
        List<RunRecord> latest =
                latest(call.path("ns"), call.path("name"), call.query("branch").orElse(null));
        Status status =
                finished(latest)
                        .or(() -> latest.stream().findFirst())
                        .map(RunViews::status)
                        .orElse(null);
        return fresh(SVG, Badge.of(call.path("name"), Optional.ofNullable(status)));
    }

    /// Newest first, pull requests left out.
    private List<RunRecord> latest(String namespace, String pipeline, @Nullable String branch) {
        return runs
                .list(new RunQuery(namespace, pipeline, null, branch, null, null, LOOKED_AT))
                .stream()
                .filter(run -> !run.event().startsWith("pull_request"))
                .toList();
    }

    private static Optional<RunRecord> finished(List<RunRecord> latest) {
        return latest.stream().filter(RunRecord::isFinished).findFirst();
    }

    private String ccTray() {
        StringBuilder xml =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Projects>\n");
        for (Resource pipeline : resources.pipelines()) {
            List<RunRecord> latest = latest(pipeline.namespace(), pipeline.name(), null);
            Optional<RunRecord> last = finished(latest);
            boolean building = latest.stream().findFirst().filter(r -> !r.isFinished()).isPresent();
            xml.append("  <Project name=\"")
                    .append(Badge.escape(pipeline.namespace() + "/" + pipeline.name()))
                    .append("\" activity=\"")
                    .append(building ? "Building" : "Sleeping")
                    .append("\" lastBuildStatus=\"")
                    .append(last.map(BadgeRoutes::ccStatus).orElse("Unknown"))
                    .append("\" lastBuildLabel=\"")
                    .append(last.map(run -> Long.toString(run.number())).orElse(""))
                    .append("\" lastBuildTime=\"")
                    .append(last.flatMap(RunRecord::finishedAt).map(Object::toString).orElse(""))
                    .append("\" webUrl=\"")
                    .append(last.map(run -> RunViews.location(run.id())).orElse("/"))
                    .append("\"/>\n");
        }
        return xml.append("</Projects>\n").toString();
    }

    private static String ccStatus(RunRecord run) {
        return switch (RunViews.status(run)) {
            case SUCCESS, WARNING -> "Success";
            case FAILURE, TIMEOUT -> "Failure";
            case ERROR, CANCELLED -> "Exception";
            case PENDING, BLOCKED, QUEUED, RUNNING, CANCELLING, SKIPPED -> "Unknown";
        };
    }
}
