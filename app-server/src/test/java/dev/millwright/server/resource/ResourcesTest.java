package dev.millwright.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.event.Event;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {
    private static final String STEPS = "steps: [{name: a, commands: [\"true\"]}]";

    @TempDir Path folder;
    private Database database;
    private Journal journal;
    private Resources resources;

    @BeforeEach
    void open() {
        database = TestDatabases.embedded(folder);
        journal = Journal.create(database);
        resources = Resources.create(database, journal, InstantSource.system());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String pipeline(String name, String spec) {
        return "kind: Pipeline\nmetadata: {name: %s, labels: {team: %s}}\nspec: {%s}\n"
                .formatted(name, name, spec);
    }

    private static List<Manifest> read(String text) {
        return switch (ManifestReader.read("all.yaml", text, "default")) {
            case ManifestReader.Reading.Read(List<Manifest> manifests) -> manifests;
            case ManifestReader.Reading.Invalid(List<ResourceProblem> problems) ->
                    throw new AssertionError(problems);
        };
    }

    private List<ApplyResult> apply(String text, ApplyOptions options) {
        return resources.applyAll(read(text), options);
    }

    private List<String> problems(String spec) {
        ApplyResult result = apply(pipeline("web", spec), ApplyOptions.DEFAULT).getFirst();
        return result instanceof ApplyResult.Invalid(List<ResourceProblem> found)
                ? found.stream().map(ResourceProblem::render).toList()
                : List.of();
    }

    @Test
    void theDefaultNamespaceIsThereFromTheStart() {
        assertThat(resources.find("Namespace", "", "default")).isPresent();
    }

    @Test
    void aRevisionGrowsOnlyWithAChange() {
        assertThat(apply(pipeline("web", STEPS), ApplyOptions.DEFAULT).getFirst())
                .isInstanceOf(ApplyResult.Created.class);
        assertThat(apply(pipeline("web", STEPS), ApplyOptions.DEFAULT).getFirst())
                .isInstanceOf(ApplyResult.Unchanged.class);
        assertThat(
                        apply(pipeline("web", STEPS + ", suspend: true"), ApplyOptions.DEFAULT)
                                .getFirst())
                .isInstanceOfSatisfying(
                        ApplyResult.Changed.class,
                        changed -> {
                            assertThat(changed.resource().revision()).isEqualTo(2);
                            assertThat(changed.before().revision()).isEqualTo(1);
                        });
        assertThat(resources.pipeline("default", "web").orElseThrow().suspend()).isTrue();
    }

    @Test
    void anotherRevisionThanExpectedIsAConflict() {
        apply(pipeline("web", STEPS), ApplyOptions.DEFAULT);
        ApplyOptions second = ApplyOptions.of(false, Optional.of(2L), Resources.API);
        assertThat(apply(pipeline("web", STEPS + ", suspend: true"), second).getFirst())
                .isInstanceOf(ApplyResult.Conflict.class);
        assertThat(resources.delete("Pipeline", "default", "web", second))
                .isInstanceOf(DeleteResult.Conflict.class);
    }

    @Test
    void oneWrongResourceKeepsAllFromBeingStored() {
        List<ApplyResult> results =
                apply(
                        pipeline("good", STEPS) + "---\n" + pipeline("bad", "stepz: []"),
                        ApplyOptions.DEFAULT);
        assertThat(results.get(1)).isInstanceOf(ApplyResult.Invalid.class);
        assertThat(resources.find("Pipeline", "default", "good")).isEmpty();
    }

    @Test
    void namespacesComeFirstWhateverTheOrder() {
        String text =
                "kind: Pipeline\nmetadata: {name: web, namespace: team}\nspec: {%s}\n---\nkind: Namespace\nmetadata: {name: team}\n"
                        .formatted(STEPS);
        assertThat(apply(text, ApplyOptions.DEFAULT))
                .allSatisfy(result -> assertThat(result).isInstanceOf(ApplyResult.Created.class));
        assertThat(resources.delete("Namespace", "", "team", ApplyOptions.DEFAULT))
                .isInstanceOf(DeleteResult.Conflict.class);
        resources.delete("Pipeline", "team", "web", ApplyOptions.DEFAULT);
        assertThat(resources.delete("Namespace", "", "team", ApplyOptions.DEFAULT))
                .isInstanceOf(DeleteResult.Deleted.class);
    }

    @Test
    void aDryRunSaysWhatWouldBeAndStoresNothing() {
        assertThat(
                        apply(
                                        pipeline("web", STEPS),
                                        ApplyOptions.of(true, Optional.empty(), Resources.API))
                                .getFirst())
                .isInstanceOf(ApplyResult.Created.class);
        assertThat(resources.find("Pipeline", "default", "web")).isEmpty();
    }

    @Test
    void changesStandInTheJournal() {
        apply(pipeline("web", STEPS), ApplyOptions.DEFAULT);
        resources.delete("Pipeline", "default", "web", ApplyOptions.DEFAULT);
        assertThat(journal.after(0, EventFilter.ALL, 10))
                .extracting(Event::type)
                .containsExactly("resource.applied", "resource.applied", "resource.deleted");
    }

    @Test
    void pagesAndSelectorsGiveEachResourceOnce() {
        for (int i = 0; i < 5; i++) {
            apply(pipeline("web" + i, STEPS), ApplyOptions.DEFAULT);
        }
        ResourcePage first =
                resources.list(new ResourceQuery("Pipeline", "", LabelSelector.ALL, "", 3));
        ResourcePage second =
                resources.list(
                        new ResourceQuery(
                                "Pipeline", "", LabelSelector.ALL, first.next().orElseThrow(), 3));
        assertThat(first.items()).hasSize(3);
        assertThat(second.items())
                .extracting(stored -> stored.resource().name())
                .containsExactly("web3", "web4");
        assertThat(
                        resources
                                .list(
                                        new ResourceQuery(
                                                "Pipeline",
                                                "default",
                                                LabelSelector.parse("team in (web1,web2)"),
                                                "",
                                                10))
                                .items())
                .extracting(stored -> stored.resource().name())
                .containsExactly("web1", "web2");
    }

    @Test
    void whatWasShownCanBeAppliedAgain() {
        apply(pipeline("web", STEPS), ApplyOptions.DEFAULT);
        UUID uuid = resources.find("Pipeline", "default", "web").orElseThrow().uuid().orElseThrow();

        assertThat(apply(noted(uuid), ApplyOptions.DEFAULT))
                .singleElement()
                .isInstanceOf(ApplyResult.Unchanged.class);
        assertThat(apply(noted(UUID.randomUUID()), ApplyOptions.DEFAULT).toString())
                .contains("the server sets 'uuid'");
    }

    private static String noted(UUID uuid) {
        String time = "2026-01-01T00:00:00Z";
        return pipeline("web", STEPS)
                .replace(
                        "name: web",
                        "name: web, uuid: %s, revision: 1, origin: api, createdAt: '%s', updatedAt: '%s'"
                                .formatted(uuid, time, time));
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        assertThat(
                        apply(
                                        pipeline("web", STEPS) + "---\n" + pipeline("web", STEPS),
                                        ApplyOptions.DEFAULT)
                                .toString())
                .contains("stands here for the second time");
        assertThat(resources.find("Pipeline", "default", "web")).isEmpty();
    }

    @Test
    void theDiffShowsTheLinesThatChange() {
        apply(pipeline("web", STEPS), ApplyOptions.DEFAULT);
        assertThat(resources.diff(read(pipeline("web", STEPS)).getFirst())).isEmpty();
        assertThat(resources.diff(read(pipeline("web", STEPS + ", suspend: true")).getFirst()))
                .contains("\n+   suspend: true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a.git",
                "http://localhost:3000/a",
                "ssh://git@example.org/a.git",
                "git@example.org:team/a.git",
                "file:///srv/a.git",
                "/srv/a.git"
            })
    void allowsTheUsualRepositories(String url) {
        assertThat(problems("repository: '%s'".formatted(url))).isEmpty();
        assertThat(problems("repository: {url: '%s'}".formatted(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{url: 'https://h/a.git', password: {from_secret: vault/ci/git#token}}",
                "{url: 'https://h/a.git', user: ci, password: '${secret:vault/ci/git#token}'}",
                "{url: 'https://h/a.git', password: '${env:TOKEN}'}",
                "{url: 'git@h:a.git', key: {from_secret: vault/key}, knownHosts: ['h ssh-rsa A']}",
                "{url: 'ssh://git@h/a.git', key: '${file:/run/key}'}"
            })
    void aRepositoryNamesWhatOpensItAsPollsDo(String repository) {
        assertThat(problems("repository: " + repository)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    url: 'https://h/a', password: hunter22                  | spec/repository/password: a secret is not written down itself
                    url: 'https://h/a', password: {from_secret: vault}      | spec/repository/password: 'from_secret' has to be STORE/PATH
                    url: 'git@h:a', key: abc                                | spec/repository/key: a secret is not written down itself
                    url: 'git@h:a', password: {from_secret: v/a}            | spec/repository/password: a password opens https:// only
                    url: 'http://h/a', password: {from_secret: v/a}         | spec/repository/password: over http:// everybody on the way can read a password
                    url: 'http://127.0.0.1.h/a', password: {from_secret: v/a} | spec/repository/password: over http:// everybody on the way can read a password
                    url: 'https://h/a', key: {from_secret: v/a}             | spec/repository/key: 'key' is for ssh://
                    url: 'https://h/a', user: ci                            | spec/repository/user: 'user' goes with 'password'
                    url: 'https://h/a', pasword: {from_secret: v/a}         | unknown key 'pasword'; did you mean 'password'?
                    """)
    void whatDoesNotOpenARepositoryIsToldAtItsPlace(String repository, String problem) {
        assertThat(problems("repository: {" + repository + "}"))
                .singleElement()
                .asString()
                .contains(problem)
                .doesNotContain("hunter22");
    }

    @Test
    void saysWhatToUseInsteadOfATokenInAnAddressAndDoesNotRepeatIt() {
        assertThat(problems("repository: {url: 'https://ghp_0123@example.org/a.git'}"))
                .singleElement()
                .asString()
                .contains("credential helper", "ssh://")
                .doesNotContain("ghp_0123");
    }

    @ParameterizedTest
    @Tag("S27")
    @ValueSource(
            strings = {
                "--upload-pack=touch /tmp/x",
                "ext::sh -c id",
                "ftp://example.org/a",
                "https://user:password@example.org/a.git",
                "https://ghp_0123456789abcdef@example.org/a.git",
                "HTTP://token%3Ax@example.org/a.git",
                "ssh://git:password@example.org/a.git",
                "relative/path",
                "https://-oProxyCommand=x/a",
                "git@-oProxyCommand=x:a",
                "ssh://git@-oProxyCommand=x/a",
                "ssh://a@b@-oProxyCommand=x/a",
                "ssh://-oProxyCommand=x@example.org/a",
                "ssh://%2DoProxyCommand=x/a",
                "ssh://git@%2DoProxyCommand=x/a",
                "ssh://example.org -oProxyCommand=x/a",
                "git://example.org/a.git",
                "amazon-s3://.x@bucket/a.git",
                "https:///a.git",
                "file://example.org/a.git",
                ""
            })
    void refusesAddressesThatAreATrick(String url) {
        assertThat(problems("repository: {url: '%s'}".formatted(url)))
                .singleElement()
                .asString()
                .startsWith("all.yaml:3:")
                .contains("/spec/repository/url");
    }

    @ParameterizedTest
    @Tag("S27")
    @ValueSource(strings = {"\\n", "\\r", "\\0", "\\t", "\\x7f"})
    void refusesAddressesWithControlCharacters(String escape) {
        assertThat(problems("repository: {url: \"https://example.org/a%sb\"}".formatted(escape)))
                .anySatisfy(problem -> assertThat(problem).contains("control characters"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron: [{schedule: '0 3 * *'}] | is not a schedule: write 5 fields",
                "cron: [{schedule: '0 3 * * *', timeZone: Berlin}] | is not a time zone",
                "cron: [{schedule: '@daily'}, {schedule: '@hourly'}] | stands twice in 'cron'",
                "cron: [{schedule: '@daily', misfire: never}] | write one of all, once, skip",
                "cron: [{schedul: '@daily'}] | did you mean 'schedule'?",
                "polls: [{type: git}] | /polls/0/name: a poll needs a name",
                "polls: [{name: a}] | /polls/0/type: the type of a poll is the name of a trigger, such as git",
                "polls: [{name: a, type: git, every: 9s}] | /polls/0/every: a poll looks no more often than every 10 seconds",
                "polls: [{name: a, type: git, evry: 1m}] | did you mean 'every'?",
                "polls: [{name: a, type: git}, {name: a, type: git}] | stands twice in 'polls'",
                "polls: [{name: a, type: git, with: [x]}] | /polls/0/with: 'with' has to be a map",
                "hooks: [{name: a, bearer: {secret: hunter2}}] | a secret is a reference",
                "hooks: [{name: a}] | either 'hmac' or 'bearer'",
                "hooks: [{name: a, bearer: {secret: '${env:X}'}, when: 'body.('}] | /spec/hooks/0/when",
                "webhook: {opn: true} | did you mean 'open'?",
                "suspend: maybe | has to be true or false"
            })
    void tellsWhatIsWrongWithATrigger(String trigger, String expected) {
        assertThat(problems(STEPS + ", " + trigger))
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }
}
