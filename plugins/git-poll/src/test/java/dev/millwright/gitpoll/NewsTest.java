package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.poll.Finding;
import dev.millwright.plugin.poll.PollResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewsTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);

    private static PollResult.Looked between(Tips before, Tips now) throws IOException {
        return (PollResult.Looked) News.between(before, now, change -> List.of(change.now()));
    }

    @Test
    void whatIsReadBackIsWhatWasWritten() {
        Tips tips = Tips.of(Map.of("refs/heads/main", A, "refs/tags/v1", B));
        assertThat(Tips.parse(tips.text())).contains(tips);
        assertThat(Tips.parse(Tips.of(Map.of()).text())).contains(Tips.of(Map.of()));
        assertThat(Tips.parse("")).isEmpty();
        assertThat(Tips.parse("git-poll 1\nnonsense")).isEmpty();
        assertThat(Tips.parse("git-poll 2\n" + A + " refs/heads/main")).isEmpty();
    }

    @Test
    void moreThanOneLookMayFindIsFoundByTheNextOnes() throws IOException {
        Map<String, String> many = new HashMap<>();
        IntStream.range(0, 2_500).forEach(i -> many.put("refs/heads/b" + i, "%040x".formatted(i)));
        Tips now = Tips.of(many);
        Tips before = Tips.of(Map.of());
        int found = 0;
        for (int look = 0; look < 3; look++) {
            PollResult.Looked looked = between(before, now);
            found += looked.findings().size();
            before = Tips.parse(looked.state()).orElseThrow();
        }
        assertThat(found).isEqualTo(2_500);
        assertThat(before).isEqualTo(now);
    }

    @Test
    void keysOfLongNamesAreShortAndTheirOwn() throws IOException {
        String long1 = "refs/heads/" + "x".repeat(230) + "1";
        String long2 = "refs/heads/" + "x".repeat(230) + "2";
        PollResult.Looked looked = between(Tips.of(Map.of()), Tips.of(Map.of(long1, A, long2, A)));
        assertThat(looked.findings()).extracting(Finding::key).doesNotHaveDuplicates().hasSize(2);
    }
}
