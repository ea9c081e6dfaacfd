package dev.serai.store;

import static dev.serai.store.Samples.ACCOUNT;
import static dev.serai.store.Samples.TESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.control.Role;
import dev.serai.secrets.Owner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class BackupTest {
    private static final Clock CLOCK = Clock.fixed(Samples.NOW, java.time.ZoneOffset.UTC);
    private static final String VALUE = "sk-canary-of-the-backup-91c2";

    @TempDir
    Path folder;

    private static Store store(Database database) {
        return new Store(database, CLOCK, Samples.RANDOM);
    }

    private static void fill(Store store) {
        store.change(TESTER, session -> {
            session.accounts().insert(Samples.account(ACCOUNT));
            session.customProviders().insert(Samples.customProvider(ACCOUNT, "prov_1", "workshop"));
            session.providerKeys().insert(Samples.providerKey(ACCOUNT, "pk_1", "openai", VALUE));
            session.providerKeys().insert(Samples.reference(ACCOUNT, "pk_2", "workshop"));
            session.configurations().insert(Samples.configuration(ACCOUNT, "cfg_1", List.of("pk_1")));
            session.accessKeys().insert(Samples.accessKey(ACCOUNT, "ak1", "cfg_1"));
            session.apiKeys().insert(Samples.apiKey(null, "api2", Role.OPERATOR));
            return session.gatewayConfigs().insert(Samples.gatewayConfig(ACCOUNT));
        });
    }

    private static List<Object> everything(Store store) {
        return store.read(session -> List.of(
                session.accounts().all(),
                session.customProviders().all(),
                session.providerKeys().all(),
                session.configurations().all(),
                session.accessKeys().all(),
                session.apiKeys().all(),
                session.gatewayConfigs().all(),
                session.audit().listAll(null, 100)));
    }

    static Stream<Arguments> pairs() {
        return Stream.of(TestDatabase.values())
                .flatMap(from -> Stream.of(TestDatabase.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_backup_of_one_database_restores_into_the_other(TestDatabase from, TestDatabase to) throws Exception {
        Path file = folder.resolve("backup.jsonl.gz");
        List<Object> kept;
        try (Database database = from.open(folder)) {
            fill(store(database));
            kept = everything(store(database));
            assertThat(new Backup(database).write(file, CLOCK)).isEqualTo(19);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> new Backup(database).write(file, CLOCK)).hasMessageContaining("not overwritten");
        }
        assertThat(text(file)).doesNotContain(VALUE);
        try (Database database = Database.open(to.url(folder))) {
            assertThat(new Backup(database).restore(file)).isEqualTo(19);
            Store restored = store(database);
            assertThat(everything(restored)).isEqualTo(kept);
            assertThat(restored.changes()).isPositive();
            assertThat(new StoreCheck(restored, Samples.VAULT).run()).allMatch(StoreCheck.Finding::isGood);
            assertThatThrownBy(() -> restored.change(TESTER, session -> {
                        session.providerKeys().delete(ACCOUNT, "pk_1", null);
                        return true;
                    }))
                    .isInstanceOf(ChangeRefusedException.class);
            assertThatThrownBy(() -> new Backup(database).restore(file)).hasMessageContaining("the store is not empty");
        }
    }

    private static String text(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path file(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve("made.jsonl.gz"), bytes.toByteArray());
    }

    private static String summed(String lines) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
        return lines + "{\"rows\":" + (lines.lines().count() - 1) + ",\"sha256\":\""
                + HexFormat.of().formatHex(sum) + "\"}\n";
    }

    @Test
    void a_damaged_file_is_refused_and_nothing_of_it_restored() throws Exception {
        Path whole = folder.resolve("whole.jsonl.gz");
        try (Database database = TestDatabase.SQLITE.open(folder)) {
            fill(store(database));
            new Backup(database).write(whole, CLOCK);
        }
        String text = text(whole);
        byte[] bytes = Files.readAllBytes(whole);
        try (Database database = TestDatabase.SQLITE.open(folder)) {
            Backup backup = new Backup(database);
            for (String bent : List.of(
                    text.replace("the chat on the website", "the chat on the webside"),
                    text.substring(0, text.length() / 2),
                    text.substring(0, text.lastIndexOf("{\"rows\"")),
                    text + "{}\n",
                    text.replaceFirst("(?m)^\\{\"table\":\"audit\".*\n", ""),
                    "",
                    "hello\n",
                    "{}\n")) {
                Path file = file(bent);
                assertThatThrownBy(() -> backup.restore(file))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining(file.toString());
            }
            Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
            assertThatThrownBy(() -> backup.restore(cut)).hasMessageContaining("is damaged");
            assertThat((int) store(database)
                            .read(session -> session.accounts().all().size()))
                    .isZero();
        }
    }

    @Test
    void names_of_tables_and_columns_in_a_file_are_never_a_part_of_a_statement() throws Exception {
        try (Database database = TestDatabase.SQLITE.open(folder)) {
            String schema = "\"" + new Migrations(database).state().known() + "\"";
            String header = "{\"format\":\"serai-backup-1\",\"schema\":" + schema + "}\n";
            Backup backup = new Backup(database);
            Path table = file(summed(header + "{\"table\":\"account; DROP TABLE audit\",\"row\":{}}\n"));
            assertThatThrownBy(() -> backup.restore(table)).hasMessageContaining("has a table that the store has not");
            Path column = file(summed(header + "{\"table\":\"account\",\"row\":{\"id) VALUES (1); --\":\"x\"}}\n"));
            assertThatThrownBy(() -> backup.restore(column)).hasMessageContaining("columns of account");
            Path newer = file(summed(header.replace(schema, "\"99\"")));
            assertThatThrownBy(() -> backup.restore(newer)).hasMessageContaining("which a newer Serai made");
            Path dangling = file(summed(header + "{\"table\":\"gateway_config\",\"row\":{\"account_id\":\"nobody\","
                    + "\"document\":\"{}\",\"created_at\":1,\"updated_at\":1,\"version\":1}}\n"));
            assertThatThrownBy(() -> backup.restore(dangling)).isInstanceOf(StoreException.class);
            assertThat((int) store(database)
                            .read(session -> session.gatewayConfigs().all().size()))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_table_is_in_the_backup_or_left_out_on_purpose(TestDatabase kind) throws Exception {
        try (Database database = kind.open(folder)) {
            List<String> found = database.reader().withHandle(handle -> handle.createQuery(
                            kind == TestDatabase.SQLITE
                                    ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                                    : "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
                                            + " AND NOT relispartition")
                    .mapTo(String.class)
                    .list());
            Set<String> tables = new TreeSet<>(found);
            tables.remove("serai_schema");
            assertThat(tables)
                    .isEqualTo(Stream.concat(Backup.TABLES.stream(), Backup.LEFT_OUT.stream())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void what_was_restored_is_opened_with_the_same_master_key() throws Exception {
        Path file = folder.resolve("backup");
        try (Database database = TestDatabase.SQLITE.open(folder)) {
            fill(store(database));
            new Backup(database).write(file, CLOCK);
        }
        try (Database database = TestDatabase.SQLITE.open(folder)) {
            new Backup(database).restore(file);
            dev.serai.control.ProviderKeyValue.Kept kept = (dev.serai.control.ProviderKeyValue.Kept) store(database)
                    .read(session -> session.providerKeys().find(ACCOUNT, "pk_1"))
                    .orElseThrow()
                    .value();
            assertThat(Samples.VAULT
                            .open(kept.sealed(), Owner.providerKey(ACCOUNT, "pk_1"))
                            .reveal())
                    .isEqualTo(VALUE);
        }
    }
}
