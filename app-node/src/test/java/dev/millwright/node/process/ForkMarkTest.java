package dev.millwright.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ForkMarkTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsStartedLaterHasAHigherNumber() throws Exception {
        ForkMark before = ForkMark.now();
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        ForkMark after = ForkMark.now();

        assertThat(before.reaches(after) || after.lastPid() < before.lastPid()).isTrue();
        assertThat(before.lastPid()).isPositive();
        assertThat(process.pid() > before.lastPid() || after.lastPid() < before.lastPid()).isTrue();
    }

    @Test
    void numbersThatMayHaveBegunAnewProveNothing() {
        ForkMark before = new ForkMark(100, 0);

        assertThat(before.reaches(new ForkMark(99, 1))).isFalse();
        assertThat(before.reaches(new ForkMark(200, Long.MAX_VALUE))).isFalse();
        assertThat(new ForkMark(-1, 0).reaches(new ForkMark(200, 1))).isFalse();
    }
}
