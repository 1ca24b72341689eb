package dev.millwright.forges;

import dev.millwright.testkit.ScmContract;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The contract of forges for one of them.
abstract class ForgeStatusContract extends ScmContract {
    private final Forge forge;
    private ForgeStandIn standIn;

    ForgeStatusContract(Forge forge) {
        this.forge = forge;
    }

    @BeforeEach
    void listen() throws IOException {
        standIn = new ForgeStandIn(forge);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Override
    protected String kind() {
        return forge.kind;
    }

    @Override
    protected Map<String, Object> configuration() {
        return forge.settings(standIn.api());
    }

    @Override
    protected String repository() {
        return forge.repository;
    }

    @Override
    protected int received() {
        return new HashSet<>(standIn.shown()).size();
    }

    @Override
    protected void receiver(boolean up) {
        standIn.refuse(up ? 0 : 503, Map.of());
    }
}
