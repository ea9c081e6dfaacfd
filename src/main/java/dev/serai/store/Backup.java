package dev.serai.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.PrivateFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the store in a file that is the same for every database: lines of JSON, compressed with gzip. The first says which schema it is
 * of, one for each row follows, and the last holds the number of rows and the SHA-256 of all lines before it. Sealed values stay sealed:
 * the file is of no use without the master key, and that is not in it.
 */
public final class Backup {
    /** The tables, so that what is referred to comes first. */
    static final List<String> TABLES = List.of(
            "account",
            "api_key",
            "custom_provider",
            "provider_key",
            "key_configuration",
            "configuration_provider_key",
            "configuration_provider",
            "access_key",
            "gateway_config",
            "audit",
            "ledger_position",
            "credit_account",
            "credit_lot",
            "ledger_transaction",
            "ledger_entry",
            "usage_event",
            "usage_day",
            "usage_sink",
            "usage_retention");

    /** What is of use to the running gateway alone: the number of changes, answers to repeat within a day, and what nodes have put aside. */
    static final Set<String> LEFT_OUT = Set.of("store_change", "idempotency", "credit_lease", "usage_sink_lease");

    private static final String FORMAT = "serai-backup-1";
    private static final int FETCH = 500;
    private static final int MAX_LINE = 16 << 20;

    private final Database database;

    /** Of a database with or without a schema. */
    public Backup(Database database) {
        this.database = database;
    }

    /**
     * Writes the store, as it is at one moment, to a file that only its owner may read. The gateway may run meanwhile.
     *
     * @return how many rows there are
     * @throws StoreException if the schema is not current, or the database cannot be read
     * @throws IOException    if the file is there already, or cannot be written
     */
    public long write(Path file, Clock clock) throws IOException {
        Migrations.State state = new Migrations(database).state();
        if (!state.isCurrent()) {
            throw new StoreException(
                    "the store has " + (state.found() == null ? "no schema" : "the schema " + state.found())
                            + ", this program " + state.known() + "; migrate it first (serai store migrate)");
        }
        if (Files.exists(file)) {
            throw new IOException(file + " is there already, and is not overwritten");
        }
        long[] rows = new long[1];
        PrivateFile.write(file, out -> {
            GZIPOutputStream zipped = new GZIPOutputStream(out);
            rows[0] = write(zipped, state.known(), clock);
            zipped.finish();
        });
        return rows[0];
    }

    private long write(OutputStream out, String schema, Clock clock) throws IOException {
        MessageDigest digest = sha256();
        line(
                out,
                digest,
                Json.object()
                        .put("format", FORMAT)
                        .put("schema", schema)
                        .put("at", clock.instant().toString()));
        long rows;
        try {
            rows = database.reader().inTransaction(handle -> {
                long count = 0;
                for (String table : TABLES) {
                    count += rows(handle, table, out, digest);
                }
                return count;
            });
        } catch (JdbiException e) {
            throw Failures.of(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        byte[] trailer = (Json.object()
                                .put("rows", rows)
                                .put("sha256", HexFormat.of().formatHex(digest.digest()))
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
        out.write(trailer);
        return rows;
    }

    private static long rows(Handle handle, String table, OutputStream out, MessageDigest digest) {
        long count = 0;
        try (ResultIterator<ObjectNode> rows = handle.createQuery("SELECT * FROM " + table + " ORDER BY 1, 2, 3")
                .setFetchSize(FETCH)
                .map((result, context) -> row(result))
                .iterator()) {
            while (rows.hasNext()) {
                ObjectNode line = Json.object().put("table", table);
                line.set("row", rows.next());
                line(out, digest, line);
                count++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    private static ObjectNode row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        ObjectNode row = Json.object();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i);
            if (isNumber(columns.getColumnType(i))) {
                long number = result.getLong(i);
                if (!result.wasNull()) {
                    row.put(name, number);
                }
            } else {
                Json.put(row, name, result.getString(i));
            }
        }
        return row;
    }

    private static boolean isNumber(int type) {
        return type == Types.BIGINT || type == Types.INTEGER;
    }

    private static void line(OutputStream out, MessageDigest digest, ObjectNode json) throws IOException {
        byte[] line = (json + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(line);
        out.write(line);
    }

    /**
     * Fills an empty store from a file, and brings it to the newest schema. The file is read twice: nothing is written before its sum is right.
     *
     * @return how many rows there are
     * @throws StoreException if the store is not empty, the file is damaged, or a newer Serai made it
     * @throws IOException    if the file cannot be read
     */
    public long restore(Path file) throws IOException {
        String schema = checked(file);
        Migrations migrations = new Migrations(database);
        String known = migrations.state().known();
        if (new Migrations.State(schema, known).isNewer()) {
            throw new StoreException(
                    "the backup has the schema " + schema + ", which a newer Serai made; this one knows " + known);
        }
        if (migrations.state().found() == null) {
            migrations.migrateTo(schema);
        } else if (!schema.equals(migrations.state().found())) {
            throw new StoreException("the backup has the schema " + schema + ", and the store "
                    + migrations.state().found() + "; restore it into a database without tables");
        }
        long rows;
        try {
            rows = database.writer().inTransaction(handle -> fill(handle, file));
        } catch (JdbiException e) {
            throw Failures.of(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        migrations.migrate();
        return rows;
    }

    private static long fill(Handle handle, Path file) {
        handle.execute("UPDATE store_change SET counter = counter + 1 WHERE id = 1");
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        for (String table : TABLES) {
            if (handle.createQuery("SELECT 1 FROM " + table + " LIMIT 1")
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent()) {
                throw new StoreException("the store is not empty: there is something in " + table
                        + "; a backup is restored into an empty one");
            }
            columns.put(table, columns(handle, table));
        }
        long[] rows = new long[1];
        try {
            lines(file, line -> {
                JsonNode table = line.path("table");
                if (table.isTextual()) {
                    insert(handle, table.textValue(), columns.get(table.textValue()), line.path("row"));
                    rows[0]++;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows[0];
    }

    private static Set<String> columns(Handle handle, String table) {
        return handle.createQuery("SELECT * FROM " + table + " WHERE 1 = 0").execute((statement, context) -> {
            Set<String> names = new LinkedHashSet<>();
            ResultSetMetaData columns = statement.get().executeQuery().getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i));
            }
            return names;
        });
    }

    /** Names of tables and columns are taken from the database, never from the file. */
    private static void insert(Handle handle, String table, @Nullable Set<String> columns, JsonNode row) {
        List<String> unknown = new ArrayList<>();
        row.fieldNames().forEachRemaining(name -> {
            if (columns == null || !columns.contains(name)) {
                unknown.add(name);
            }
        });
        if (columns == null || !unknown.isEmpty()) {
            throw new StoreException("the backup has " + (columns == null ? "a table" : "columns of " + table)
                    + " that the store has not: " + (columns == null ? table : unknown));
        }
        String names = String.join(", ", columns);
        String values = ":" + String.join(", :", columns);
        Update insert = handle.createUpdate("INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")");
        for (String column : columns) {
            JsonNode value = row.path(column);
            if (value.isIntegralNumber()) {
                insert.bind(column, value.longValue());
            } else {
                // As an object: a null that is a text would be refused for a number.
                insert.bind(column, (Object) value.textValue());
            }
        }
        insert.execute();
    }

    /** The schema of a file whose sum is right. */
    private static String checked(Path file) throws IOException {
        MessageDigest digest = sha256();
        String schema = null;
        long rows = -1;
        JsonNode last = null;
        try (BufferedReader reader = open(file)) {
            for (String line = read(reader); line != null; line = read(reader)) {
                if (last != null && last.has("sha256")) {
                    throw damaged(file, "there is something behind its end");
                }
                last = Json.parse(line);
                if (schema == null) {
                    schema = schema(file, last);
                }
                if (!last.has("sha256")) {
                    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
                    rows++;
                }
            }
        } catch (DocumentException | IOException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
        if (schema == null || last == null || !last.has("sha256")) {
            throw damaged(file, "its end is missing");
        }
        String sum = HexFormat.of().formatHex(digest.digest());
        if (!last.path("sha256").asText().equals(sum) || last.path("rows").asLong() != rows) {
            throw damaged(file, "its sum is wrong");
        }
        return schema;
    }

    private static String schema(Path file, JsonNode header) {
        if (!header.path("format").asText().equals(FORMAT)
                || !header.path("schema").asText().matches("[0-9]{1,9}")) {
            throw new StoreException(file + " is no backup that this Serai can read");
        }
        return header.path("schema").asText();
    }

    private static StoreException damaged(Path file, String reason) {
        return new StoreException(file + " is damaged, or no backup: " + reason + ". Nothing was restored");
    }

    /** What is done with each line. */
    private interface Lines {
        void on(JsonNode line);
    }

    private static void lines(Path file, Lines lines) throws IOException {
        try (BufferedReader reader = open(file)) {
            for (String line = read(reader); line != null; line = read(reader)) {
                lines.on(Json.parse(line));
            }
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** A line of bounded length: a file that somebody made could hold one that fills the memory. */
    private static @Nullable String read(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() >= MAX_LINE) {
                throw new IOException("a line is longer than " + MAX_LINE + " characters");
            }
            line.append((char) next);
            next = reader.read();
        }
        return line.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
