package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void everyStatusMakesASentence() {
        assertThat(Sentences.standing("failure")).isEqualTo("failed");
        assertThat(Sentences.standing("timeout")).isEqualTo("ran out of time");
        assertThat(Sentences.standing("cancelled")).isEqualTo("was cancelled");
        assertThat(Sentences.standing("running")).isEqualTo("is running");
    }

    @Test
    void aReasonThatSaysThatItWaitsIsNotIntroduced() {
        assertThat(Sentences.waiting("Waits for the approval."))
                .isEqualTo("waits for the approval.");
        assertThat(Sentences.waiting("no node offers runner 'container'"))
                .isEqualTo("waits: no node offers runner 'container'");
        assertThat(Sentences.waiting("")).isEqualTo("waits");
    }
}
