package dev.millwright.server.resource;

/// Which resources to list, by namespace and name.
///
/// @param kind as written in `kind`, such as `Pipeline`
/// @param namespace empty for all
/// @param selector over labels; [LabelSelector#ALL] for all
/// @param cursor where the page before ended; empty for the first page
/// @param limit 1 to 1000
public record ResourceQuery(
        String kind, String namespace, LabelSelector selector, String cursor, int limit) {
    public static final int MAX_LIMIT = 1000;

    public ResourceQuery {
        limit = Math.clamp(limit, 1, MAX_LIMIT);
    }

    public static ResourceQuery of(String kind, String namespace) {
        return new ResourceQuery(kind, namespace, LabelSelector.ALL, "", MAX_LIMIT);
    }
}
