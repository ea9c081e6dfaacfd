package dev.serai.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.serai.access.AccessKeyFile.FirstKey;
import dev.serai.config.ConfigurationException;
import dev.serai.error.GatewayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder, start() the home
class AccessKeyFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:00:00.5Z"), ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void start() {
        home = folder.resolve("serai");
    }

    @Test
    void the_first_start_makes_one_key_and_shows_it_once() throws Exception {
        FirstKey first = kept(open(null));
        AccessKeyFile.Opened second = open(null);

        assertThat(second.first()).isNull();
        assertThat(second.keys().authenticate(first.token().reveal(), NOW))
                .isEqualTo(new AccessKey(idOf(first), "first", Instant.parse("2026-11-22T08:00:00Z")));
    }

    private static FirstKey kept(AccessKeyFile.Opened opened) throws IOException {
        FirstKey first = Objects.requireNonNull(opened.first());
        first.keep();
        return first;
    }

    private static String idOf(FirstKey key) {
        return AccessToken.parse(key.token().reveal()).orElseThrow().id();
    }

    @Test
    void a_key_that_nobody_was_shown_is_made_anew_at_the_next_start() throws Exception {
        String unseen = Objects.requireNonNull(open(null).first()).token().reveal();
        assertThat(keyFile()).doesNotExist();
        assertThat(Objects.requireNonNull(open(null).first()).token().reveal()).isNotEqualTo(unseen);
    }

    @Test
    void the_key_just_made_is_valid_at_once() throws Exception {
        AccessKeyFile.Opened opened = open(null);
        FirstKey first = Objects.requireNonNull(opened.first());
        assertThat(opened.keys().authenticate(first.token().reveal(), NOW).id()).isEqualTo(idOf(first));
    }

    @Test
    void the_file_holds_no_token() throws Exception {
        String token = kept(open(null)).token().reveal();
        assertThat(keyFile()).content().contains("hash: ").doesNotContain(token).doesNotContain(token.substring(20));
    }

    @Test
    void the_files_are_for_their_owner_alone_and_nothing_else_is_left_behind() throws Exception {
        kept(open(null));
        assertThat(mode(home)).isEqualTo("rwx------");
        assertThat(mode(keyFile())).isEqualTo("rw-------");
        assertThat(mode(home.resolve("pepper"))).isEqualTo("rw-------");
        assertThat(home.resolve("pepper")).hasSize(32);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("access-keys.yaml", "pepper");
        }
    }

    @Test
    void of_many_processes_that_start_at_once_all_have_the_same_pepper() {
        List<KeyHash> hashes = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> pepper().hash("token"))
                .distinct()
                .toList();
        assertThat(hashes).hasSize(1);
    }

    @Test
    void a_bootstrap_key_at_a_first_start_is_the_only_one_and_is_not_written() throws Exception {
        AccessKeyFile.Opened opened = open(new Secret("my-bootstrap-key"));

        assertThat(opened.first()).isNull();
        assertThat(opened.keys().authenticate("my-bootstrap-key", NOW).id()).isEqualTo("bootstrap");
        assertThat(keyFile()).doesNotExist();
    }

    @Test
    void a_bootstrap_key_is_valid_beside_the_files_and_only_while_it_is_given() throws Exception {
        FirstKey first = kept(open(null));

        AccessKeys with = open(new Secret("my-bootstrap-key")).keys();
        assertThat(with.authenticate("my-bootstrap-key", NOW).id()).isEqualTo("bootstrap");
        assertThat(with.authenticate(first.token().reveal(), NOW).id()).isEqualTo(idOf(first));

        AccessKeys without = open(null).keys();
        assertThatThrownBy(() -> without.authenticate("my-bootstrap-key", NOW)).isInstanceOf(GatewayException.class);
    }

    @Test
    void entries_may_be_added() throws Exception {
        KeyHash hash = pepper().hash("a-key-made-elsewhere");
        write("keys: [{id: other, name: Other, createdAt: 2026-01-01T00:00:00Z, hash: '" + hash + "'}]");
        assertThat(open(null).keys().authenticate("a-key-made-elsewhere", NOW).name())
                .isEqualTo("Other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''                                                              | true  | true
            ", access: {}"                                                  | true  | true
            ", access: {providers: {allow: [openai]}}"                      | true  | false
            ", access: {providers: {allow: []}}"                            | false | false
            ", access: {models: {allow: ['openai:gpt-5*', llama3]}}"        | true  | true
            ", access: {models: {allow: []}}"                               | false | false
            ", access: {providers: {allow: [openai]}, models: {allow: [llama3]}}" | false | false
            """, quoteCharacter = '"')
    void an_entry_may_say_what_the_key_may_call(String access, boolean gpt, boolean llama) throws Exception {
        KeyHash hash = pepper().hash("a-key-made-elsewhere");
        write("keys: [{id: other, name: Other, createdAt: 2026-01-01T00:00:00Z, hash: '" + hash + "'"
                + access.replace("''", "") + "}]");
        Scope scope =
                open(null).keys().authenticate("a-key-made-elsewhere", NOW).scope();
        assertThat(scope.allows("openai", "gpt-5.4", any -> true)).isEqualTo(gpt);
        assertThat(scope.allows("ollama", "llama3", any -> true)).isEqualTo(llama);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access: all",
                "access: {providers: [openai]}",
                "access: {providers: {allow: openai}}",
                "access: {providers: {allow: ['open*']}}",
                "access: {models: {allow: ['gpt-*-mini']}}",
                "access: {models: {deny: [gpt-5]}}",
                "access: {models: {}}",
                "access: {modells: {allow: []}}"
            })
    void access_that_is_written_otherwise_is_refused_with_its_line(String access) throws Exception {
        KeyHash hash = pepper().hash("a-key-made-elsewhere");
        write("keys:\n  - id: other\n    name: Other\n    createdAt: 2026-01-01T00:00:00Z\n    hash: '" + hash
                + "'\n    " + access + "\n");
        assertThat(refused()).hasMessageStartingWith(keyFile() + ":6: keys.0.access");
    }

    @Test
    void an_empty_list_lets_nobody_in_and_makes_no_key() throws Exception {
        pepper();
        write("keys: []");
        assertThat(open(null).first()).isNull();
        assertThat(open(null).keys().keys()).isEmpty();
    }

    @Test
    void keys_without_their_pepper_are_refused_and_no_new_pepper_is_made() throws Exception {
        kept(open(null));
        Files.delete(home.resolve("pepper"));

        assertThat(refused())
                .hasMessageStartingWith(keyFile() + ": its keys cannot be checked without the file pepper");
        assertThat(home.resolve("pepper")).doesNotExist();
    }

    @Test
    void a_pepper_of_the_wrong_length_is_refused() throws Exception {
        open(null);
        Files.write(home.resolve("pepper"), new byte[31]);
        assertThat(refused()).hasMessage(home + "/pepper: cannot be used: a pepper has 32 bytes, not 31");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: "a"                 | id: "b"                       | 6: the key 'b' stands already on line 2
            createdAt: "2026-       | createdAt: "yesterday 2026-   | 4: is no instant such as
            hash: "0                | hash: "x                      | 5: keys.0.hash: does not match
            name: "A"               | token: "serai"                | 2: keys.0: required property 'name' not found
            name: "A"               | name: "A"\\n    token: "x"    | 4: keys.0: property 'token' is not defined
            keys:                   | kees:                         | 1: required property 'keys' not found
            hash: "1                | hash: "0                      | 9: another entry has this hash already
            name: "B"               | name: [                       | is not valid YAML
            """)
    void every_problem_names_its_line(String good, String bad, String problem) throws IOException {
        pepper();
        String file = """
                keys:
                  - id: "a"
                    name: "A"
                    createdAt: "2026-11-22T08:00:00Z"
                    hash: "0000000000000000000000000000000000000000000000000000000000000000"
                  - id: "b"
                    name: "B"
                    createdAt: "2026-11-22T08:00:00Z"
                    hash: "1000000000000000000000000000000000000000000000000000000000000000"
                """;
        assertThat(file).contains(good);
        write(file.replace(good, bad.replace("\\n", "\n")));
        assertThat(refused()).hasMessageStartingWith(keyFile() + ":").hasMessageContaining(problem);
    }

    @Test
    void a_file_that_others_may_read_is_read_with_a_warning() throws Exception {
        kept(open(null));
        Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString("rw-r-----"));
        Logger logger = (Logger) LoggerFactory.getLogger(PrivateFile.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        try {
            assertThat(open(null).keys().keys()).hasSize(1);
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
        }
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getKeyValuePairs())
                    .extracting(KeyValuePair::toString)
                    .containsExactly("file=\"" + keyFile() + "\"", "mode=\"rw-r-----\"");
        });
    }

    private void write(String text) throws IOException {
        PrivateFile.write(keyFile(), text.getBytes(StandardCharsets.UTF_8));
    }

    private AccessKeyFile.Opened open(@Nullable Secret bootstrap) throws Exception {
        return AccessKeyFile.open(home, null, bootstrap, CLOCK, RANDOM);
    }

    private ConfigurationException refused() {
        return catchThrowableOfType(ConfigurationException.class, () -> open(null));
    }

    private Pepper pepper() {
        try {
            return Pepper.of(home, RANDOM);
        } catch (IOException | ConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    private Path keyFile() {
        return home.resolve("access-keys.yaml");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
