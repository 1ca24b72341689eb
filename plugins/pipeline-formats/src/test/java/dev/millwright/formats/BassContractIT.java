package dev.millwright.formats;

import dev.millwright.testkit.FormatContract;
import java.util.Map;

/// The built plugin, loaded as a server loads it, holds what every format has to hold.
final class BassContractIT extends FormatContract {
    @Override
    protected String kind() {
        return "bass";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of();
    }

    @Override
    protected String valid() {
        return """
        {"contract": {"repository": "https://example.org/shop.git", "exec": ["python3", "job.py"]}}
        """;
    }
}
