package dev.millwright.formats;

import dev.millwright.testkit.FormatContract;
import java.util.Map;

/// The built plugin, loaded as a server loads it, holds what every format has to hold.
final class NarwhalContractIT extends FormatContract {
    @Override
    protected String kind() {
        return "narwhal";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of();
    }

    @Override
    protected String valid() {
        return """
        name: shop
        steps:
          - {name: test, dependencies: [build], command: make test}
          - {name: build, command: make}
        """;
    }
}
