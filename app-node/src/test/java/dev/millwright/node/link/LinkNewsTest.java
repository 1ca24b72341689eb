package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkNewsTest {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final LinkNews news = new LinkNews();
    private final List<String> lines = new ArrayList<>();

    private void failed(String words, boolean hopeless, double second) {
        news.failed(words, hopeless, PAUSE, nanos(second)).ifPresent(lines::add);
    }

    private static long nanos(double second) {
        return (long) (second * 1e9);
    }

    @Test
    void aConnectionThatIsLostIsOneLineAndOneThatIsBackAnother() {
        lines.add(news.connected("ci:10001", "n1", nanos(0)));
        failed("the connection to ci:10001 is lost: reset", false, 10);
        failed("nothing answers at ci:10001: refused", false, 10.4);
        failed("nothing answers at ci:10001: refused", false, 12);
        failed("nothing answers at ci:10001: refused", false, 40);
        lines.add(news.connected("ci:10002", "n1", nanos(52)));

        assertThat(lines)
                .containsExactly(
                        "connected to ci:10001 as node 'n1'",
                        "the connection to ci:10001 is lost: reset; trying again in 2.0 s",
                        "connected to ci:10002 as node 'n1' again after 42 s");
    }

    @Test
    void asLongAsItIsAwayThatIsSaidOnceAMinute() {
        for (int second = 0; second <= 150; second += 10) {
            failed("nothing answers at ci:10001: refused", false, second);
        }

        assertThat(lines)
                .containsExactly(
                        "nothing answers at ci:10001: refused; trying again in 2.0 s",
                        "not connected for 60 s: nothing answers at ci:10001: refused; trying again"
                                + " in 2.0 s",
                        "not connected for 120 s: nothing answers at ci:10001: refused; trying"
                                + " again in 2.0 s");
    }

    @Test
    void whatSomebodyHasToMendIsSaidAtOnceAndNotAgainAndAgain() {
        failed("the connection to ci:10001 is lost: reset", false, 0);
        failed("the server at ci:10001 refuses: unknown certificate", true, 1);
        failed("the server at ci:10001 refuses: unknown certificate", true, 20);

        assertThat(lines)
                .containsExactly(
                        "the connection to ci:10001 is lost: reset; trying again in 2.0 s",
                        "not connected for 1.0 s: the server at ci:10001 refuses: unknown"
                                + " certificate; trying again in 2.0 s");
    }

    @Test
    void whatEachOfTwoServersWantsMendedIsSaidOnceUntilTheNextConnection() {
        String one = "the server at ci:10001 refuses: unknown certificate";
        String two = "the server at ci:10002 refuses: unknown certificate";
        for (int second = 0; second < 60; second += 4) {
            failed(one, true, second);
            failed(two, true, second + 2);
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith(one);
        assertThat(lines.get(1)).contains(two);

        lines.add(news.connected("ci:10001", "n1", nanos(60)));
        failed("the connection to ci:10001 is lost: reset", false, 61);
        failed(one, true, 62);
        assertThat(lines).hasSize(5);
        assertThat(lines.getLast()).contains(one);
    }
}
