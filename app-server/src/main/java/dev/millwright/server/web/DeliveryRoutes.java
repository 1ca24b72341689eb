package dev.millwright.server.web;

import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.delivery.DeliveryDetail;
import dev.millwright.api.delivery.DeliveryView;
import dev.millwright.model.RunId;
import dev.millwright.server.access.Access;
import dev.millwright.server.delivery.Accepted;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryPage;
import dev.millwright.server.delivery.DeliveryQuery;
import dev.millwright.server.web.live.LiveViews;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.Cursors;
import dev.millwright.server.web.view.RunViews;
import dev.millwright.server.web.view.Secrets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// List, show and repeat deliveries.
final class DeliveryRoutes {
    private static final String TAG = "deliveries";
    private static final Parameter ID = Parameter.id("id", "The delivery");
    private static final List<String> STATUSES =
            List.of("received", "started", "ignored", "rejected");
    // How many pages without a match are passed over in one answer.
    private static final int PATIENCE = 20;

    private final Deliveries deliveries;

    DeliveryRoutes(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/deliveries", Access.VIEW, TAG, "List deliveries, newest first")
                        .with(
                                Parameter.query("namespace", "Only of this namespace", "default"),
                                Parameter.query("pipeline", "Only for this pipeline", "web"),
                                Parameter.choice("status", "Only with this status", STATUSES),
                                Common.LIMIT,
                                Common.CURSOR)
                        .gives(Reply.json(200, Common.page(DeliveryView.class), "A page"))
                        .by(this::list),
                Route.get("/api/v1/deliveries/{id}", Access.VIEW, TAG, "Show a delivery")
                        .with(ID)
                        .gives(Reply.json(200, DeliveryDetail.class, "The delivery as it came"))
                        .by(this::show),
                Route.post(
                                "/api/v1/deliveries/{id}/redeliver",
                                Access.OPERATE,
                                TAG,
                                "Carry out a delivery once more, as a new one")
                        .with(ID, Common.REPEAT_KEY)
                        .gives(
                                Reply.json(
                                        202, DeliveryAccepted.class, "Stored; the run will begin"))
                        .by(this::redeliver));
    }

    private Answer list(Call call) {
        Optional<String> status = call.query("status");
        DeliveryPage page = page(call, Cursors.place(call).orElse(""));
        List<DeliveryView> items = matching(page, status);
        for (int i = 0; i < PATIENCE && items.isEmpty() && page.next().isPresent(); i++) {
            page = page(call, page.next().get());
            items = matching(page, status);
        }
        return Cursors.page(call, items, page.next().map(Cursors::encode).orElse(null));
    }

    private DeliveryPage page(Call call, String cursor) {
        return deliveries.list(
                new DeliveryQuery(
                        call.query("namespace").orElse(""),
                        call.query("pipeline").orElse(""),
                        cursor,
                        (int) call.number("limit")));
    }

    private static List<DeliveryView> matching(DeliveryPage page, Optional<String> status) {
        return page.items().stream()
                .map(DeliveryRoutes::view)
                .filter(view -> status.isEmpty() || view.status().equals(status.get()))
                .toList();
    }

    private Answer show(Call call) {
        Delivery delivery = require(call);
        byte[] body = delivery.body().bytes();
        return Answer.ok(
                new DeliveryDetail(
                        view(delivery),
                        Secrets.maskHeaders(delivery.headers()),
                        delivery.parameters().values(),
                        delivery.body().text(),
                        LiveViews.isUtf8(body) ? null : Base64.getEncoder().encodeToString(body)));
    }

    private Answer redeliver(Call call) {
        Delivery delivery = require(call);
        return accepted(202, deliveries.redeliver(delivery.id(), call.by()));
    }

    private Delivery require(Call call) {
        return deliveries
                .find(call.delivery())
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemType.NOT_FOUND, "there is no delivery " + call.delivery()));
    }

    /// The answer to a stored delivery.
    static Answer accepted(int status, Accepted accepted) {
        List<RunId> runs = accepted.run().map(List::of).orElse(List.of());
        String location =
                accepted.run()
                        .map(RunViews::location)
                        .orElse("/api/v1/deliveries/" + accepted.delivery());
        return Answer.json(
                        status,
                        new DeliveryAccepted(
                                accepted.delivery(),
                                accepted.status().name().toLowerCase(Locale.ROOT),
                                accepted.reason(),
                                runs,
                                location))
                .with("Location", location);
    }

    private static DeliveryView view(Delivery delivery) {
        return new DeliveryView(
                delivery.id(),
                delivery.source(),
                delivery.dedupeKey(),
                delivery.namespace(),
                delivery.pipeline(),
                delivery.event(),
                delivery.status().name().toLowerCase(Locale.ROOT),
                delivery.reason(),
                delivery.runOrNull(),
                delivery.redeliveryOfOrNull(),
                delivery.receivedAt(),
                delivery.decidedAtOrNull());
    }
}
