package dev.serai.store;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Which database. */
public sealed interface DatabaseUrl {
    /** A file of SQLite, made if it is missing. */
    record Sqlite(Path file) implements DatabaseUrl {
        @Override
        public String toString() {
            return "SQLite in " + file;
        }
    }

    /**
     * A database on a PostgreSQL server.
     *
     * @param jdbcUrl  perhaps with options, without user and password
     * @param user     null for the driver's choice
     * @param password null for none
     */
    record Postgres(
            String jdbcUrl, @Nullable String user, @Nullable Secret password) implements DatabaseUrl {
        /** Without what stands behind the question mark, which may be a secret. */
        @Override
        public String toString() {
            return "PostgreSQL at "
                    + jdbcUrl.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("\\?.*", "");
        }
    }

    /**
     * The database that a setting names: nothing for the file {@code serai.db} in the home, or {@code postgresql://user:password@host/db},
     * or a URL of the driver, {@code jdbc:postgresql:…}.
     *
     * @param masked where the password is registered
     * @throws IllegalArgumentException if it names none; the message does not show it
     */
    static DatabaseUrl parse(String setting, Path home, Secrets masked) {
        String text = setting.strip();
        if (text.isEmpty()) {
            return new Sqlite(home.resolve("serai.db"));
        }
        Postgres postgres = text.startsWith("jdbc:postgresql:") ? ofDriver(text) : ofUri(text);
        if (postgres.password() != null) {
            masked.register(postgres.password());
        }
        return postgres;
    }

    private static Postgres ofDriver(String url) {
        Properties properties = Driver.parseURL(url, new Properties());
        if (properties == null) {
            throw unreadable();
        }
        String query = url.contains("?") ? url.substring(url.indexOf('?') + 1) : "";
        StringBuilder rest = new StringBuilder();
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty() && !part.startsWith("user=") && !part.startsWith("password=")) {
                rest.append(rest.isEmpty() ? '?' : '&').append(part);
            }
        }
        return postgres(
                url.replaceFirst("\\?.*", "") + rest,
                PGProperty.USER.getOrNull(properties),
                PGProperty.PASSWORD.getOrNull(properties));
    }

    private static Postgres ofUri(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
        String path = uri.getRawPath();
        boolean isPostgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!isPostgres || uri.getHost() == null || path == null || path.length() < 2) {
            throw unreadable();
        }
        String url = "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String[] user = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        Postgres options = ofDriver(url);
        return postgres(
                options.jdbcUrl(),
                user.length > 0 ? decoded(user[0]) : options.user(),
                user.length > 1
                        ? decoded(user[1])
                        : options.password() == null ? null : options.password().reveal());
    }

    private static Postgres postgres(String url, @Nullable String user, @Nullable String password) {
        return new Postgres(url, user, password == null || password.isBlank() ? null : new Secret(password));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "must be empty, for a file of SQLite, or a URL such as postgresql://user:password@host:5432/database; other"
                        + " characters than letters and digits in a password are written as %40 and the like");
    }
}
