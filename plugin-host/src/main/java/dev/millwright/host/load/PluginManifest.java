package dev.millwright.host.load;

/// What a plugin says about itself.
///
/// @param requires range of versions of the plugin API, such as `>=0.1.0 & <0.2.0`
public record PluginManifest(
        String id,
        String version,
        String requires,
        String provider,
        String description,
        String license) {}
