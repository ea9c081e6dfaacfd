package dev.serai.telemetry;

import com.fasterxml.jackson.core.JsonStreamContext;
import dev.serai.access.Secrets;
import net.logstash.logback.mask.ValueMasker;
import org.jspecify.annotations.Nullable;

/** Masks secrets in every value of a JSON log line, wherever it comes from. Named in {@code logback.xml}. */
public final class SecretMasker implements ValueMasker {
    /** The masked value; null, which leaves it alone, if there is no secret in it. */
    @Override
    public @Nullable Object mask(JsonStreamContext context, Object value) {
        String text = value.toString();
        String redacted = Secrets.ofProcess().redact(text);
        return redacted.equals(text) ? null : redacted;
    }
}
