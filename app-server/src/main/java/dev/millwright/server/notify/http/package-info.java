/// The notifiers that are a part of the server: signed webhooks, and chats that understand the
/// incoming webhooks of Slack. Start reading at
/// [dev.millwright.server.notify.http.WebhookNotifier].
@NullMarked
package dev.millwright.server.notify.http;

import org.jspecify.annotations.NullMarked;
