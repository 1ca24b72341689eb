package dev.millwright.host;

import dev.millwright.host.use.Point;
import dev.millwright.plugin.NetworkWall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the host of plugins needs to know.
///
/// @param directory where plugins are put, by administrators as a rule; need not exist
/// @param data where copies of plugins and the folders of their own are kept
/// @param trustedKeys whose plugins are loaded, Ed25519 public keys in base64; none: everybody's
/// @param patience how long a plugin that goes is waited for
/// @param points the extension points that are of use here; others of a plugin are left alone
/// @param admission which files are loaded
/// @param wall which hosts plugins reach for users
public record HostSettings(
        Path directory,
        Path data,
        List<String> trustedKeys,
        Duration patience,
        List<Point<?>> points,
        Admission admission,
        NetworkWall wall) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public HostSettings {
        trustedKeys = List.copyOf(trustedKeys);
        points = List.copyOf(points);
    }

    /// All points, and every file; only what everybody can reach.
    public HostSettings(Path directory, Path data, List<String> trustedKeys, Duration patience) {
        this(directory, data, trustedKeys, patience, Point.ALL, Admission.ALL, NetworkWall.CLOSED);
    }

    public static HostSettings of(Path directory, Path data) {
        return new HostSettings(directory, data, List.of(), PATIENCE);
    }

    public HostSettings with(NetworkWall other) {
        return new HostSettings(directory, data, trustedKeys, patience, points, admission, other);
    }

    /// For a node: only runners, which are where steps may reach what they like.
    public static HostSettings ofRunners(
            Path directory, Path data, List<String> trustedKeys, Admission admission) {
        return new HostSettings(
                directory,
                data,
                trustedKeys,
                PATIENCE,
                List.of(Point.RUNNER),
                admission,
                NetworkWall.OPEN);
    }
}
