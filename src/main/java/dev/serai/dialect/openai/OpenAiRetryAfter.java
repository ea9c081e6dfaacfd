package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a provider wants to be left alone, where it says so in the body of an error instead of a header. */
final class OpenAiRetryAfter {
    /** OpenAI and Groq: "Please try again in 1m20.5s", "in 6ms". */
    private static final Pattern IN_WORDS = Pattern.compile(
            "(?:try again|retry) in (?:(\\d{1,4})h)?(?:(\\d{1,4})m(?!s))?(?:(\\d{1,9})(?:\\.(\\d{1,9}))?(m?s))?");

    private static final Duration LONGEST = Duration.ofDays(1);

    private OpenAiRetryAfter() {}

    /** The wait that a body states; null if it states none. */
    static @Nullable Duration find(JsonNode body, String message) {
        JsonNode error = (body.isArray() ? body.path(0) : body).path("error");
        JsonNode stated = error.path("retry_after");
        if (stated.isNumber()) {
            return within(Duration.ofMillis((long) Math.min(stated.doubleValue() * 1_000, LONGEST.toMillis() + 1.0)));
        }
        for (JsonNode detail : error.path("details")) {
            Duration delay = delay(detail.path("retryDelay").asText(""));
            if (delay != null) {
                return delay;
            }
        }
        Matcher matcher = IN_WORDS.matcher(message);
        return matcher.find() ? inWords(matcher) : null;
    }

    /** Google: "34.5s". */
    private static @Nullable Duration delay(String text) {
        Matcher matcher = IN_WORDS.matcher("retry in " + text);
        return matcher.matches() ? inWords(matcher) : null;
    }

    private static @Nullable Duration inWords(Matcher matcher) {
        Duration total = Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plus(seconds(matcher.group(3), matcher.group(4), matcher.group(5)));
        return within(total);
    }

    private static Duration seconds(@Nullable String whole, @Nullable String fraction, @Nullable String unit) {
        long nanos = number(fraction == null ? null : (fraction + "000000000").substring(0, 9));
        Duration seconds = Duration.ofSeconds(number(whole)).plusNanos(nanos);
        return "ms".equals(unit) ? seconds.dividedBy(1_000) : seconds;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static @Nullable Duration within(Duration wait) {
        return wait.isZero() || wait.isNegative() || wait.compareTo(LONGEST) > 0 ? null : wait;
    }
}
