package dev.millwright.server.notify.http;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notifier;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Posts each message as a CloudEvent in JSON, signed as Standard Webhooks are.
///
/// Usable from any thread; keeps nothing between calls.
public final class WebhookNotifier implements Notifier<WebhookSettings> {
    private final InstantSource clock;
    private final NetworkWall wall;

    public WebhookNotifier(InstantSource clock, NetworkWall wall) {
        this.clock = clock;
        this.wall = wall;
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Class<WebhookSettings> configuration() {
        return WebhookSettings.class;
    }

    @Override
    public Sent send(Notification message, WebhookSettings settings) throws InterruptedException {
        byte[] body = CloudEvent.of(message);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
        headers.put("webhook-id", message.id());
        settings.secret()
                .ifPresent(secret ->
                        headers.putAll(
                                StandardSignature.headers(
                                        secret, message.id(), clock.instant(), body)));
        settings.headers().forEach((name, value) -> headers.put(name, value.reveal()));
        return new Post(wall, settings.receiver(), body, headers).send();
    }
}
