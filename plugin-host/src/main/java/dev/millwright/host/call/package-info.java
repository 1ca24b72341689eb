/// The extension points as the program calls them: with what users wrote, and with the deadlines
/// that the points promise. Start reading at [dev.millwright.host.call.BoundWebhook].
@NullMarked
package dev.millwright.host.call;

import org.jspecify.annotations.NullMarked;
