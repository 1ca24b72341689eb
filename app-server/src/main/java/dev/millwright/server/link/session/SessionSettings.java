package dev.millwright.server.link.session;

import dev.millwright.host.PortablePlugin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// What each node is told, and when it counts as silent.
///
/// @param servers addresses of all servers of the cluster at the moment, host:port
/// @param heartbeat how often a node has to say something
/// @param silence after how long without a word its stream is cut
/// @param clock what nodes are told that it is, and for the end of certificates; silence is
///   measured without it
/// @param plugins which of the server's plugins have runners, at the moment
public record SessionSettings(
        Supplier<List<String>> servers,
        Duration heartbeat,
        Duration silence,
        InstantSource clock,
        Supplier<List<PortablePlugin>> plugins) {}
