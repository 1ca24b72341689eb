package dev.millwright.server.poll;

/// Which poll is meant.
///
/// @param name of the poll in its pipeline
public record PollKey(String namespace, String pipeline, String name)
        implements Comparable<PollKey> {
    /// How its deliveries name where they come from.
    String source() {
        return "poll:" + this;
    }

    /// Spreads polls: the same number for the same poll on every server, in every life.
    int seed() {
        int hash = toString().hashCode() * 0x9E3779B1;
        return hash ^ hash >>> 15;
    }

    /// Rows are locked in this order, so that servers do not wait for each other in a circle.
    @Override
    public int compareTo(PollKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace + "/" + pipeline + "/" + name;
    }
}
