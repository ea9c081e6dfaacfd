package dev.serai.permit;

import dev.serai.catalog.Auth;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import dev.serai.catalog.ProviderBuilder;
import dev.serai.catalog.Surface;
import dev.serai.control.CustomProvider;
import java.util.Map;

/** Providers that accounts defined by the API, as those of files. */
final class CustomProviders {
    private static final String NO_VARIABLE = "";
    private static final Auth.Header BEARER = new Auth.Header("Authorization", "Bearer ", NO_VARIABLE);

    /** Where a dialect is served, below the base URL. */
    private static final Map<String, Surface> SURFACES = Map.of(
            "openai-chat", new Surface("/chat/completions"),
            "openai-responses", new Surface("/responses"),
            "openai-embeddings", new Surface("/embeddings"),
            "anthropic-messages", new Surface("/messages"),
            "anthropic-count-tokens", new Surface("/messages/count_tokens"),
            "gemini",
                    new Surface(
                            "/models/{model}:generateContent",
                            "/models/{model}:streamGenerateContent?alt=sse",
                            null,
                            null),
            "gemini-count-tokens", new Surface("/models/{model}:countTokens"),
            "gemini-embeddings", new Surface("/models/{model}:batchEmbedContents"));

    private CustomProviders() {}

    /** A dialect that there is no place for is left out: it may be one of a newer Serai. */
    static Provider read(CustomProvider stored) {
        ProviderBuilder builder = Provider.builder(stored.providerId(), stored.baseUrl())
                .account(stored.accountId())
                .name(stored.name())
                .headers(stored.headers())
                .query(stored.query())
                .models(stored.models().stream().map(CustomProviders::model).toList());
        CustomProvider.Auth auth = stored.auth();
        builder.auth(auth == null ? BEARER : new Auth.Header(auth.header(), auth.prefix(), NO_VARIABLE));
        for (String dialect : stored.surfaces()) {
            Surface surface = SURFACES.get(dialect);
            if (surface != null) {
                builder.dialect(dialect, auth == null ? usual(dialect, surface) : surface);
            }
        }
        return builder.build();
    }

    /** Where nothing is said, a key travels as the maker of the dialect has it. */
    private static Surface usual(String dialect, Surface surface) {
        String header = dialect.startsWith("anthropic") ? "x-api-key" : "x-goog-api-key";
        return dialect.startsWith("openai")
                ? surface
                : new Surface(
                        surface.path(),
                        surface.streamPath(),
                        new Auth.Header(header, "", NO_VARIABLE),
                        surface.baseUrl());
    }

    private static Model model(CustomProvider.Model model) {
        return Model.builder(model.id())
                .name(model.name() == null ? model.id() : model.name())
                .limits(model.contextTokens(), model.maxOutputTokens())
                .build();
    }
}
