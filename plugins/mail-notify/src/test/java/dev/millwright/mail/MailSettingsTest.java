package dev.millwright.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.binding.BindingProblem;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailSettingsTest {
    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> all =
                new HashMap<>(
                        Map.of(
                                "host", "smtp.example.org",
                                "from", "ci@example.org",
                                "to", List.of("team@example.org")));
        all.put(key, value);
        return all;
    }

    private static List<String> problems(Map<String, Object> written) {
        return RecordBinder.problems(MailSettings.class, new Parameters(written)).stream()
                .map(BindingProblem::message)
                .toList();
    }

    @Test
    void whatIsLeftOutHasDefaults() {
        MailSettings settings =
                RecordBinder.bind(
                        MailSettings.class,
                        new Parameters(with("logLines", 5)),
                        _ -> Optional.empty());
        assertThat(settings.security()).isEqualTo(Security.STARTTLS);
        assertThat(settings.portOrUsual()).isEqualTo(587);
        assertThat(settings.subject()).isEqualTo("$SUBJECT");
        assertThat(problems(with("security", "tls"))).isEmpty();
    }

    @Test
    void everyMistakeIsTold() {
        assertThat(problems(with("to", List.of("team"))))
                .singleElement()
                .asString()
                .contains("'team'");
        assertThat(problems(with("to", List.of("a@b.org\nBcc: c@d.org")))).hasSize(1);
        assertThat(problems(with("from", "CI <ci@example.org>"))).hasSize(1);
        assertThat(problems(with("to", List.of()))).singleElement().asString().contains("nobody");
        assertThat(problems(with("user", "ci"))).singleElement().asString().contains("both");
        assertThat(problems(with("security", "ssl"))).hasSize(1);
        assertThat(problems(with("port", 70_000))).hasSize(1);
        assertThat(problems(with("timeout", "5m"))).hasSize(1);
        assertThat(problems(with("logLines", 100_000))).hasSize(1);
        assertThat(problems(with("subject", "$PIPELINE")))
                .singleElement()
                .asString()
                .contains("'PIPELINE'", "PIPELINE_NAME");
        assertThat(problems(with("text", "${HOME}"))).hasSize(1);
    }

    @Test
    void aPasswordDoesNotGoOverAnOpenLine() {
        Map<String, Object> open = with("security", "none");
        open.put("user", "ci");
        open.put("password", "${env:SMTP}");
        assertThat(problems(open)).singleElement().asString().contains("starttls or tls");
        open.put("host", "127.0.0.1");
        assertThat(problems(open)).isEmpty();
    }
}
