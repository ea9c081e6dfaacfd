package dev.serai.access;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the access key among the places where clients put one. */
public final class PresentedKey {
    private static final String BEARER = "Bearer ";

    private PresentedKey() {}

    /**
     * The key that a request presents. Clients may fill several places at once: an Anthropic SDK sends
     * {@code x-api-key} from one environment variable and {@code Authorization} from another, and one of them may be left over
     * from calling the provider directly. So the first that begins like a Serai access key is taken; if none does (a
     * bootstrap key may look like anything), the first that is there, in the order of the parameters. It alone decides:
     * the others are not tried.
     *
     * @param authorization the header {@code Authorization}; counts with the scheme {@code Bearer}, in any case
     * @param apiKey        the header {@code x-api-key}
     * @param googApiKey    the header {@code x-goog-api-key}
     * @param queryKey      the query parameter {@code key}, decoded
     * @return null if there is none
     */
    public static @Nullable String pick(
            @Nullable String authorization,
            @Nullable String apiKey,
            @Nullable String googApiKey,
            @Nullable String queryKey) {
        List<String> presented = Stream.of(bearer(authorization), text(apiKey), text(googApiKey), text(queryKey))
                .filter(Objects::nonNull)
                .toList();
        for (String key : presented) {
            if (key.startsWith(AccessToken.PREFIX)) {
                return key;
            }
        }
        return presented.isEmpty() ? null : presented.get(0);
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return text(authorization.substring(BEARER.length()));
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
