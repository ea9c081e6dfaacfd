package dev.serai.selection;

import dev.serai.access.Scope;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a key may call: what its scope allows, where there is a credential for the provider. Thread-safe. */
public final class CallableModels {
    private static final String OWNER_OF_ALIASES = "serai";

    /**
     * A name that can be asked for.
     *
     * @param id    {@code provider:model}, or that of an alias
     * @param name  for people
     * @param owner the provider's id; {@code serai} for an alias
     * @param facts null for an alias
     */
    public record Listing(
            String id, String name, String owner, @Nullable Model facts) {}

    private final Credentials credentials;

    public CallableModels(Credentials credentials) {
        this.credentials = credentials;
    }

    /** The aliases, then the models in the catalog's order. */
    public List<Listing> list(Directory directory, Scope scope) {
        List<Listing> listings = new ArrayList<>();
        for (Alias alias : directory.aliases().all()) {
            if (isCallable(alias, directory, scope)) {
                listings.add(listing(alias));
            }
        }
        for (Provider provider : directory.catalog().providers()) {
            for (Model model : provider.models()) {
                Target target = new Target(provider, model.id(), model);
                if (isCallable(target, directory, scope)) {
                    listings.add(listing(target, model));
                }
            }
        }
        return listings;
    }

    /**
     * The entry of the list that this name leads to, by the rules of naming.
     *
     * @return null if the key may not call it, or if it is not in the list: what only passes through is not
     */
    public @Nullable Listing find(String name, Directory directory, Scope scope) {
        Target named = directory.named(name);
        if (named != null) {
            return listing(named, directory, scope);
        }
        for (Catalog.Entry entry : directory.listed(name)) {
            Listing listing = listing(Target.of(entry), directory, scope);
            if (listing != null) {
                return listing;
            }
        }
        Alias alias = directory.alias(name);
        return alias != null && isCallable(alias, directory, scope) ? listing(alias) : null;
    }

    private @Nullable Listing listing(Target target, Directory directory, Scope scope) {
        return target.facts() != null && isCallable(target, directory, scope) ? listing(target, target.facts()) : null;
    }

    private boolean isCallable(Target target, Directory directory, Scope scope) {
        return hasCredential(target) && ScopeCheck.allows(scope, target, directory);
    }

    /** For any of its dialects: which of them is spoken depends on the request. */
    private boolean hasCredential(Target target) {
        Provider provider = target.provider();
        for (String dialect : provider.dialects().keySet()) {
            if (!credentials.of(provider, target.model(), dialect).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean isCallable(Alias alias, Directory directory, Scope scope) {
        for (Alias.Member member : alias.members()) {
            Target named = directory.named(member.model());
            if (named != null && isCallable(named, directory, scope)) {
                return true;
            }
            if (named == null
                    && directory.listed(member.model()).stream()
                            .anyMatch(entry -> isCallable(Target.of(entry), directory, scope))) {
                return true;
            }
        }
        return false;
    }

    private static Listing listing(Alias alias) {
        return new Listing(alias.name(), alias.name(), OWNER_OF_ALIASES, null);
    }

    private static Listing listing(Target target, Model model) {
        String provider = target.provider().id();
        return new Listing(provider + ":" + model.id(), model.name(), provider, model);
    }
}
