package dev.millwright.server.link.session;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What each node is told, and when it counts as silent.
///
/// @param servers addresses of all servers of the cluster at the moment, host:port
/// @param heartbeat how often a node has to say something
/// @param silence after how long without a word its stream is cut
public record SessionSettings(
        Supplier<List<String>> servers, Duration heartbeat, Duration silence) {}
