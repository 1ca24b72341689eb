package dev.millwright.itest.server;

import java.util.Map;

class EmbeddedPolledPushesIT extends PolledPushes {
    @Override
    Map<String, String> database() {
        return Map.of();
    }
}
