package dev.millwright.server.delivery;

/// Which deliveries to list, newest first.
///
/// @param namespace empty for all
/// @param pipeline empty for all
/// @param cursor where the page before ended; empty for the first page
/// @param limit 1 to 500
public record DeliveryQuery(String namespace, String pipeline, String cursor, int limit) {
    public static final int MAX_LIMIT = 500;

    public DeliveryQuery {
        limit = Math.clamp(limit, 1, MAX_LIMIT);
    }
}
