package dev.serai.store;

import dev.serai.control.Stamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A row of a table, in the types that the tables have. */
record Row(ResultSet result) {
    String text(String column) throws SQLException {
        String text = result.getString(column);
        if (text == null) {
            throw new SQLException(column + " is null");
        }
        return text;
    }

    @Nullable
    String optionalText(String column) throws SQLException {
        return result.getString(column);
    }

    Instant instant(String column) throws SQLException {
        return instant(result.getLong(column));
    }

    @Nullable
    Instant optionalInstant(String column) throws SQLException {
        long micros = result.getLong(column);
        return result.wasNull() ? null : instant(micros);
    }

    Stamp stamp() throws SQLException {
        return new Stamp(instant("created_at"), instant("updated_at"), result.getLong("version"));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static @Nullable Long optionalMicros(@Nullable Instant instant) {
        return instant == null ? null : micros(instant);
    }
}
