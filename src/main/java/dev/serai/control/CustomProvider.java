package dev.serai.control;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider that an account defined by the API. Whether its URL may be called is decided elsewhere, when it is called.
 *
 * @param providerId what stands before the colon in {@code provider:model}; unique in the account, never changes
 * @param baseUrl    http or https, without user, query and fragment
 * @param surfaces   the dialects that it speaks, one at least
 * @param auth       how its key travels; null if it wants none
 * @param headers    fixed ones; none that authenticates, since they are kept and shown in clear
 * @param query      fixed parameters
 */
public record CustomProvider(
        String id,
        String accountId,
        String providerId,
        String name,
        URI baseUrl,
        List<String> surfaces,
        @Nullable Auth auth,
        List<Model> models,
        Map<String, String> headers,
        Map<String, String> query,
        Stamp stamp)
        implements Stored {
    private static final int MAX_URL = 2_000;
    private static final int MAX_MODELS = 1_000;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern SURFACE = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Set<String> OF_CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "cookie", "api-key", "x-api-key", "x-goog-api-key");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade");

    /** What begins like this is an order to Camel, such as to send to another URL. */
    private static final String OF_CAMEL = "camel";

    /**
     * A header with the key in it.
     *
     * @param prefix such as {@code "Bearer "}; may be empty
     */
    public record Auth(String header, String prefix) {
        /** {@code Authorization: Bearer …} */
        public static final Auth BEARER = new Auth("Authorization", "Bearer ");

        public Auth {
            if (!TOKEN.matcher(header).matches() || isReserved(header)) {
                throw new IllegalArgumentException("auth.header is no name of a header that could hold a key");
            }
            Checks.line("auth.prefix", prefix, 64);
        }
    }

    /**
     * A model that it serves.
     *
     * @param id              the provider's own name
     * @param name            for people; null for the id
     * @param contextTokens   longest request and answer together; null if nobody knows
     * @param maxOutputTokens longest answer; null if nobody knows
     */
    public record Model(
            String id,
            @Nullable String name,
            @Nullable Long contextTokens,
            @Nullable Long maxOutputTokens) {
        public Model {
            if (id.isBlank()) {
                throw new IllegalArgumentException("models.id must not be blank");
            }
            Checks.line("models.id", id, Checks.MAX_MODEL);
            if (name != null) {
                Checks.line("models.name", name, Checks.MAX_NAME);
            }
            Checks.positive("models.contextTokens", contextTokens);
            Checks.positive("models.maxOutputTokens", maxOutputTokens);
        }
    }

    public CustomProvider {
        Checks.id("id", id);
        Checks.id("accountId", accountId);
        Checks.providerId("providerId", providerId);
        Checks.named(name);
        checkUrl(baseUrl);
        if (surfaces.isEmpty() || !surfaces.stream().allMatch(SURFACE.asMatchPredicate())) {
            throw new IllegalArgumentException(
                    "supportedApiSurfaces must name a dialect at least, such as openai-chat");
        }
        Checks.distinct("supportedApiSurfaces", surfaces);
        Checks.atMost("supportedApiSurfaces", surfaces, 20);
        surfaces = List.copyOf(surfaces);
        Checks.atMost("models", models, MAX_MODELS);
        Checks.distinct(
                "models",
                models.stream()
                        .map(model -> model.id().toLowerCase(Locale.ROOT))
                        .toList());
        models = List.copyOf(models);
        headers = Checks.entries("headers", headers, 50, 2_000);
        headers.keySet().forEach(CustomProvider::checkHeader);
        query = Checks.entries("query", query, 50, 500);
    }

    private static void checkHeader(String header) {
        if (!TOKEN.matcher(header).matches()) {
            throw new IllegalArgumentException("headers has a name that is none of a header");
        }
        if (OF_CREDENTIALS.contains(header.toLowerCase(Locale.ROOT)) || isReserved(header)) {
            throw new IllegalArgumentException("headers." + header
                    + " cannot be set: a credential belongs into a provider key, and the rest is the connection's");
        }
    }

    private static boolean isReserved(String header) {
        String small = header.toLowerCase(Locale.ROOT);
        return OF_THE_CONNECTION.contains(small) || small.startsWith(OF_CAMEL);
    }

    private static void checkUrl(URI url) {
        boolean isHttp = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null) {
            throw new IllegalArgumentException("baseUrl must be a URL such as https://models.example/v1");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl must have no user, no query and no fragment");
        }
        Checks.line("baseUrl", url.toString(), MAX_URL);
    }
}
