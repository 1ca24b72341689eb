package dev.millwright.api.server;

import java.util.List;

/// The settings in force. Secret values are masked.
public record ConfigView(List<Setting> settings) {
    public ConfigView {
        settings = List.copyOf(settings);
    }

    /// One setting.
    ///
    /// @param origin where the value comes from, such as `default`, `flag --port`,
    ///   `millwright.yaml:3`
    public record Setting(String key, String value, String origin) {}
}
