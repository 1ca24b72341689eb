package dev.millwright.forgekit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RepositoryAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://github.com/octo-org/octo.repo.git   | github.com     | octo-org/octo.repo
                    https://GitHub.com/octo-org/octo-repo       | github.com     | octo-org/octo-repo
                    https://me:pw@github.com/octo-org/octo-repo | github.com     | octo-org/octo-repo
                    http://127.0.0.1:8080/a/b.git/              | 127.0.0.1:8080 | a/b
                    ssh://git@github.com/octo-org/octo-repo.git | github.com     | octo-org/octo-repo
                    git@github.com:octo-org/octo-repo.git       | github.com     | octo-org/octo-repo
                    github.com:octo-org/octo-repo               | github.com     | octo-org/octo-repo
                    https://gitlab.com/a/b/c.git                | gitlab.com     | a/b/c
                    ssh://git@dc.example.org:7999/~ada/web.git  | dc.example.org:7999 | ~ada/web
                    """)
    void everyWayToCloneIsUnderstood(String address, String host, String fullName) {
        assertThat(RepositoryAddress.parse(address))
                .contains(new RepositoryAddress(host, fullName));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/srv/git/web.git",
                "file:///srv/git/web.git",
                "https://github.com/octo-org",
                "https://github.com/a/b?c",
                "no address at all"
            })
    void whatIsNoRepositoryOfAForgeIsNone(String address) {
        assertThat(RepositoryAddress.parse(address)).isEmpty();
    }
}
