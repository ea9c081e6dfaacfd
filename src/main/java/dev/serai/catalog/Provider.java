package dev.serai.catalog;

import java.net.URI;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service that serves models, as its file in {@code config/providers} describes it.
 *
 * @param account        whose it is; null for everybody's, from a file
 * @param id             what stands before the colon in {@code provider:model}; compared exactly
 * @param name           display name
 * @param website        where people read about it
 * @param checked        the day of the newest list that the facts were taken from
 * @param baseUrl        without a trailing slash, perhaps with a query; see {@link #url}
 * @param dialects       dialect id to where it is served, in the file's order
 * @param auth           how requests are authenticated, see {@link #auth(String)}
 * @param headers        fixed headers for every request
 * @param passHeaders    names of headers that clients may send to it, beside those that all providers get; in small letters
 * @param query          fixed query parameters for every request
 * @param usageTotals    dialect id to what the totals contain, see {@link #usageTotals(String)}
 * @param rules          what must be changed in requests, in the order to apply
 * @param continuations  which models go on with an answer that another began
 * @param models         the models it is known to serve
 * @param discoverModels whether its own model list is asked for at the start
 * @param modelLists     where lists of its models are found
 */
public record Provider(
        @Nullable String account,
        String id,
        String name,
        @Nullable String website,
        @Nullable LocalDate checked,
        URI baseUrl,
        Map<String, Surface> dialects,
        Auth auth,
        Map<String, String> headers,
        Set<String> passHeaders,
        Map<String, String> query,
        Map<String, UsageTotals> usageTotals,
        List<ParameterRule> rules,
        List<Continuation> continuations,
        List<Model> models,
        boolean discoverModels,
        ModelLists modelLists) {
    /** The route of the providers that accounts define; no provider is called so. */
    public static final String OF_ACCOUNTS = "of-accounts";

    public Provider {
        dialects = Collections.unmodifiableMap(new LinkedHashMap<>(dialects));
        headers = Map.copyOf(headers);
        passHeaders = passHeaders.stream()
                .map(header -> header.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        usageTotals = Map.copyOf(usageTotals);
        rules = List.copyOf(rules);
        continuations = List.copyOf(continuations);
        models = List.copyOf(models);
    }

    /** A provider at this base URL, called like its id; nothing else is set. */
    public static ProviderBuilder builder(String id, URI baseUrl) {
        return new ProviderBuilder(id, baseUrl);
    }

    /** What tells it from all others, also from those of the same id that other accounts have: for what is shared between requests. */
    public String key() {
        return account == null ? id : account + "/" + id;
    }

    /** The name of the route that calls it: those of accounts share one. */
    public String route() {
        return account == null ? id : OF_ACCOUNTS;
    }

    /** The same provider, serving these models. */
    public Provider withModels(List<Model> models) {
        return new Provider(
                account,
                id,
                name,
                website,
                checked,
                baseUrl,
                dialects,
                auth,
                headers,
                passHeaders,
                query,
                usageTotals,
                rules,
                continuations,
                models,
                discoverModels,
                modelLists);
    }

    /**
     * Where a request goes.
     *
     * @param dialect one of {@link #dialects}
     * @param model   the provider's own name of the model
     * @param stream  whether a streamed answer is wanted
     * @throws IllegalArgumentException if it does not speak the dialect, or the model cannot stand in a path
     */
    public String url(String dialect, String model, boolean stream) {
        Surface surface = dialects.get(dialect);
        if (surface == null) {
            throw new IllegalArgumentException(id + " does not speak " + dialect);
        }
        URI base = surface.baseUrl() == null ? baseUrl : surface.baseUrl();
        return RequestUrl.join(base, RequestUrl.withModel(surface.path(stream), model), query);
    }

    /** A URL below the base URL, such as that of {@code /models}, with the fixed query parameters. */
    public String url(String path) {
        return RequestUrl.join(baseUrl, path, query);
    }

    /** How requests of this dialect are authenticated. */
    public Auth auth(String dialect) {
        Surface surface = dialects.get(dialect);
        return surface == null || surface.auth() == null ? auth : surface.auth();
    }

    /** How a model is told to go on with an answer that another began, in this dialect; null if it does not. */
    public @Nullable Continuation continuation(String dialect, String model) {
        for (Continuation one : continuations) {
            if (one.concerns(model, dialect)) {
                return one;
            }
        }
        return null;
    }

    /** Whether it fetches no images and documents by URL when it speaks this dialect. */
    public boolean wantsInlineMedia(String dialect) {
        Surface surface = dialects.get(dialect);
        return surface != null && surface.inlineMedia();
    }

    /** What its totals contain when it speaks this dialect. */
    public UsageTotals usageTotals(String dialect) {
        UsageTotals own = usageTotals.get(dialect);
        return own == null ? UsageTotals.of(dialect) : own;
    }

    /** Whether it may serve this model in this dialect: it speaks the dialect, and nothing says that the model does not. */
    public boolean serves(Model model, String dialect) {
        return dialects.containsKey(dialect)
                && (model.dialects().isEmpty()
                        ? model.kind().fits(dialect)
                        : model.dialects().contains(dialect));
    }
}
