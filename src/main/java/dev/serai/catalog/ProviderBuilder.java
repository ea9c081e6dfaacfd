package dev.serai.catalog;

import java.net.URI;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link Provider} in the making. One use, one thread. */
public final class ProviderBuilder {
    private final String id;
    private @Nullable String account;
    private final URI baseUrl;
    private final Map<String, Surface> dialects = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Set<String> passHeaders = new LinkedHashSet<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, UsageTotals> usageTotals = new LinkedHashMap<>();
    private String name;
    private @Nullable String website;
    private @Nullable LocalDate checked;
    private Auth auth = new Auth.None();
    private List<ParameterRule> rules = List.of();
    private List<Continuation> continuations = List.of();
    private List<Model> models = List.of();
    private boolean discoverModels;
    private ModelLists modelLists;

    ProviderBuilder(String id, URI baseUrl) {
        this.id = id;
        this.baseUrl = baseUrl;
        this.name = id;
        this.modelLists = ModelLists.usual(id);
    }

    /** Whose it is, if not everybody's. */
    public ProviderBuilder account(String account) {
        this.account = account;
        return this;
    }

    public ProviderBuilder name(String name) {
        this.name = name;
        return this;
    }

    public ProviderBuilder website(@Nullable String website) {
        this.website = website;
        return this;
    }

    public ProviderBuilder checked(@Nullable LocalDate checked) {
        this.checked = checked;
        return this;
    }

    /** Adds a dialect that is served at this path. */
    public ProviderBuilder dialect(String dialect, String path) {
        return dialect(dialect, new Surface(path));
    }

    /** Adds dialects. */
    ProviderBuilder dialects(Map<String, Surface> surfaces) {
        dialects.putAll(surfaces);
        return this;
    }

    /** Adds a dialect. */
    public ProviderBuilder dialect(String dialect, Surface surface) {
        dialects.put(dialect, surface);
        return this;
    }

    public ProviderBuilder auth(Auth auth) {
        this.auth = auth;
        return this;
    }

    /** Adds fixed headers. */
    public ProviderBuilder headers(Map<String, String> headers) {
        this.headers.putAll(headers);
        return this;
    }

    /** Adds names of headers that clients may send to it. */
    public ProviderBuilder passHeaders(Collection<String> names) {
        passHeaders.addAll(names);
        return this;
    }

    /** Adds fixed query parameters. */
    public ProviderBuilder query(Map<String, String> query) {
        this.query.putAll(query);
        return this;
    }

    /** Says what the totals of a dialect contain, where that is not what the dialect's document says. */
    public ProviderBuilder usageTotals(String dialect, UsageTotals totals) {
        usageTotals.put(dialect, totals);
        return this;
    }

    ProviderBuilder usageTotals(Map<String, UsageTotals> totals) {
        usageTotals.putAll(totals);
        return this;
    }

    public ProviderBuilder rules(List<ParameterRule> rules) {
        this.rules = List.copyOf(rules);
        return this;
    }

    public ProviderBuilder continuations(List<Continuation> continuations) {
        this.continuations = List.copyOf(continuations);
        return this;
    }

    public ProviderBuilder models(List<Model> models) {
        this.models = List.copyOf(models);
        return this;
    }

    public ProviderBuilder discoverModels(boolean discoverModels) {
        this.discoverModels = discoverModels;
        return this;
    }

    public ProviderBuilder modelLists(ModelLists modelLists) {
        this.modelLists = modelLists;
        return this;
    }

    public Provider build() {
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
}
