package dev.millwright.itest.cluster;

import dev.millwright.itest.system.Cluster;
import java.io.IOException;
import java.util.Random;

/// Kills one process of a cluster each time, and starts it again. Used by one thread.
final class Killer implements Runnable {
    private final Cluster cluster;
    private final Random random;
    private int servers;
    private int agents;

    Killer(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        int servers = cluster.servers().size();
        int victim = random.nextInt(servers + cluster.agents().size());
        try {
            if (victim < servers) {
                this.servers++;
                cluster.server(victim).kill();
                cluster.restart(victim);
            } else {
                agents++;
                cluster.agent(victim - servers).kill();
                cluster.agent(victim - servers).start();
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public String toString() {
        return "%d servers' and %d agents'".formatted(servers, agents);
    }
}
