package dev.millwright.server.notify.http;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notifier;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Tells a chat that understands the incoming webhooks of Slack, in their smallest form, which
/// others have taken over.
///
/// Usable from any thread; keeps nothing between calls.
public final class SlackNotifier implements Notifier<SlackSettings> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 3_000;

    private final NetworkWall wall;

    /// @param wall which hosts may be told
    public SlackNotifier(NetworkWall wall) {
        this.wall = wall;
    }

    @Override
    public String kind() {
        return "slack";
    }

    @Override
    public Class<SlackSettings> configuration() {
        return SlackSettings.class;
    }

    @Override
    public Sent send(Notification message, SlackSettings settings) throws InterruptedException {
        byte[] body = JSON.writeValueAsBytes(Map.of("text", text(message)));
        Map<String, String> headers = Map.of("Content-Type", "application/json; charset=utf-8");
        return new Post(wall, settings.receiver(), body, headers).send();
    }

    private static String text(Notification message) {
        return "%s *<%s|%s>*\n```\n%s\n```"
                .formatted(
                        sign(message.change()),
                        message.run().url(),
                        literal(message.subject()),
                        literal(shortened(message.text().strip())));
    }

    private static String sign(Notification.Change change) {
        return switch (change) {
            case STARTED -> ":arrow_forward:";
            case SUCCEEDED, FIXED -> ":white_check_mark:";
            case BROKEN, STILL_BROKEN -> ":x:";
            case CANCELLED -> ":no_entry_sign:";
            case WAITING -> ":hourglass:";
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /// What stands in a commit or a log must not mention anybody, nor end the block around it.
    private static String literal(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("```", "` ` `");
    }
}
