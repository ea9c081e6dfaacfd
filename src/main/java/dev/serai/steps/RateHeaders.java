package dev.serai.steps;

import dev.serai.limit.Standing;
import dev.serai.limit.Stay;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * How the limits of a key stand, as the client's libraries know it: OpenAI's {@code x-ratelimit-limit-requests}
 * (https://platform.openai.com/docs/guides/rate-limits), for clients of Anthropic {@code anthropic-ratelimit-requests-limit}
 * (https://docs.anthropic.com/en/api/rate-limits). What a provider says of its own limits goes: it is another limit by the same name.
 */
final class RateHeaders {
    private static final String OPENAI = "x-ratelimit-";
    private static final String ANTHROPIC = "anthropic-ratelimit-";

    private final Clock clock;

    RateHeaders(Clock clock) {
        this.clock = clock;
    }

    /** @param dialect the client's */
    void write(Message message, String dialect, Stay stay) {
        Standing requests = stay.requests();
        Standing tokens = stay.tokenStanding();
        if (requests == null && tokens == null) {
            return;
        }
        message.getHeaders().keySet().removeIf(RateHeaders::isOfLimits);
        boolean anthropic = dialect.startsWith("anthropic-");
        write(message, "requests", anthropic, requests);
        write(message, "tokens", anthropic, tokens);
    }

    private static boolean isOfLimits(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(OPENAI) || lower.startsWith(ANTHROPIC);
    }

    private void write(Message message, String what, boolean anthropic, @Nullable Standing standing) {
        if (standing == null) {
            return;
        }
        Duration reset = Duration.ofNanos(standing.resetNanos());
        if (anthropic) {
            String name = ANTHROPIC + what;
            message.setHeader(name + "-limit", Long.toString(standing.limit()));
            message.setHeader(name + "-remaining", Long.toString(standing.remaining()));
            message.setHeader(
                    name + "-reset",
                    clock.instant()
                            .plus(reset)
                            .plusMillis(999)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
        } else {
            message.setHeader(OPENAI + "limit-" + what, Long.toString(standing.limit()));
            message.setHeader(OPENAI + "remaining-" + what, Long.toString(standing.remaining()));
            message.setHeader(OPENAI + "reset-" + what, inWords(reset));
        }
    }

    /** As OpenAI writes durations: {@code 0s}, {@code 120ms}, {@code 1.5s}, {@code 6m0s}. */
    static String inWords(Duration reset) {
        long millis = reset.plusNanos(999_999).toMillis();
        if (millis > 0 && millis < 1_000) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        String seconds =
                String.format(Locale.ROOT, "%.3f", millis % 60_000 / 1_000.0).replaceFirst("\\.?0+$", "");
        return (minutes > 0 ? minutes + "m" : "") + seconds + "s";
    }
}
