package dev.millwright.node.process;

/// The supervisor of one step: our child, or found again after a restart.
sealed interface Supervised {
    long pid();

    boolean isAlive();

    void awaitExit() throws InterruptedException;

    /// Started in this life of the node.
    record Child(Process process) implements Supervised {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void awaitExit() throws InterruptedException {
            process.waitFor();
        }
    }

    /// Started in an earlier life, and it is the same process: number and start time agree.
    ///
    /// @param startTicks -1 where the system does not tell (macOS); then the number alone counts
    record Found(long pid, long startTicks) implements Supervised {
        private static final long PAUSE_MILLIS = 20;

        @Override
        public boolean isAlive() {
            if (startTicks < 0) {
                return ProcessHandle.of(pid).isPresent();
            }
            ProcStat stat = ProcStat.of(pid);
            return stat.start() == startTicks && stat.isAlive();
        }

        /// Nobody is told of the end of a process that is not its child, so look again and again.
        @Override
        public void awaitExit() throws InterruptedException {
            while (isAlive()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /// It has ended, or the machine was restarted since.
    record Gone(long pid, boolean otherBoot) implements Supervised {
        @Override
        public boolean isAlive() {
            return false;
        }

        @Override
        public void awaitExit() {}
    }
}
