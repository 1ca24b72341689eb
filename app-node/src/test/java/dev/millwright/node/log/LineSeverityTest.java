package dev.millwright.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.log.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineSeverityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ERROR something broke                                   | ERROR
                    [ERROR] Failed to execute goal                          | ERROR
                    [INFO] BUILD SUCCESS                                    | INFO
                    [WARNING] deprecated                                    | WARN
                    [warn] lower case in brackets                           | WARN
                    2026-11-02 10:00:00,123 WARN  [main] d.m.Server - slow  | WARN
                    2026-11-02T10:00:00Z DEBUG x                            | DEBUG
                    10:00 TRACE y                                           | TRACE
                    FATAL: role "x" does not exist                          | FATAL
                    SEVERE: oh                                              | ERROR
                    error: cannot find symbol                               | ERROR
                    Error: Cannot find module 'x'                           | ERROR
                    fatal: not a git repository                             | FATAL
                    warning: unused variable                                | WARN
                    error[E0308]: mismatched types                          | ERROR
                    main.c:3:5: error: expected ';'                         | ERROR
                    main.c:3:5: warning: unused                             | WARN
                    npm ERR! code ELIFECYCLE                                | ERROR
                    npm WARN deprecated                                     | WARN
                    time="2026-11-02" level=warning msg="x"                 | WARN
                    ts=1 lvl=debug msg=error                                | DEBUG
                    level=info err="none"                                   | INFO
                    {"time":"x","level":"error","msg":"y"}                  | ERROR
                    {"severity": "WARNING", "message": "ERROR text"}        | WARN
                    {"message":"ERROR in text"}                             | NONE
                    ::error file=a.js,line=1::Missing semicolon             | ERROR
                    ::warning::careful                                      | WARN
                    ::notice::hello                                         | INFO
                    ##[error]failed                                         | ERROR
                    \\u001b[31mERROR\\u001b[0m red                            | ERROR
                    \\u001b[1;31merror\\u001b[0m: red prefix               | ERROR
                    \\u001b[33mwarning: yellow                               | WARN
                    just a line                                             | NONE
                    0 errors, 0 warnings                                    | NONE
                    no error: all is well                                   | NONE
                    the ErrorHandler class                                  | NONE
                    ERROR_CODE=3                                            | NONE
                    src/error.c compiled                                    | NONE
                    --info --debug                                          | NONE
                    information: x                                          | NONE
                    123456                                                  | NONE
                    err                                                     | NONE
                    """)
    void linesSayHowGraveTheyAre(String line, Severity expected) {
        byte[] bytes = line.replace("\\u001b", "\u001b").getBytes(UTF_8);
        assertThat(LineSeverity.of(bytes, 0, bytes.length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,3", "2,2"})
    void endsOfTheLineAreRespected(int from, int to) {
        byte[] bytes = "ERROR".getBytes(UTF_8);
        assertThat(LineSeverity.of(bytes, from, to)).isEqualTo(Severity.NONE);
    }
}
