package dev.serai.selection;

import dev.serai.catalog.Catalog;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the name that a {@link Selection} stands at into what it means, by one rule or another: which, the route says. Thread-safe.
 */
public final class Naming {
    private final boolean catalogFallback;

    /** @param catalogFallback whether a bare name stands for every provider that serves the model, not for the default one alone */
    public Naming(boolean catalogFallback) {
        this.catalogFallback = catalogFallback;
    }

    /**
     * Rule 1: the provider before the first colon.
     *
     * @throws GatewayException {@code model_not_found} if the name does not begin with a provider
     */
    public void takeNamed(Selection selection) {
        Target target = selection.directory().named(selection.name());
        if (target == null) {
            throw selection.directory().notFound(selection.name());
        }
        selection.resolve(new Group(Strategy.ORDERED, List.of(new Option(target))));
    }

    /**
     * Rule 2: the providers that the catalog lists for the model.
     *
     * @throws GatewayException {@code model_not_found} if it lists none
     */
    public void takeListed(Selection selection) {
        List<Option> options = listed(selection.directory(), selection.name());
        if (options.isEmpty()) {
            throw selection.directory().notFound(selection.name());
        }
        selection.resolve(new Group(Strategy.ORDERED, options));
    }

    private List<Option> listed(Directory directory, String name) {
        List<Catalog.Entry> entries = directory.listed(name);
        if (entries.isEmpty()) {
            return List.of();
        }
        if (!catalogFallback || entries.size() == 1) {
            return List.of(new Option(Target.of(entries.get(0))));
        }
        return entries.stream().map(Target::of).map(Option::new).toList();
    }

    /**
     * Rule 3: the members of the alias that take such a request.
     *
     * @throws GatewayException {@code model_not_found} if there is no such alias
     */
    public void takeAlias(Selection selection) {
        Alias alias = selection.directory().alias(selection.name());
        if (alias == null) {
            throw selection.directory().notFound(selection.name());
        }
        List<Option> options = new ArrayList<>(alias.members().size());
        for (Alias.Member member : alias.members()) {
            if (member.when().holds(selection.needs())) {
                add(selection.directory(), member, options);
            }
        }
        selection.resolve(options.isEmpty() ? new Group(noneFits(alias.name())) : new Group(alias.strategy(), options));
    }

    /** A model that was in the catalog when the alias was read may be gone from a newer one: then it is no option. */
    private void add(Directory directory, Alias.Member member, List<Option> options) {
        Target named = directory.named(member.model());
        if (named != null) {
            options.add(new Option(named, member.weight()));
        } else {
            listed(directory, member.model())
                    .forEach(option -> options.add(new Option(option.target(), member.weight())));
        }
    }

    private static GatewayException noneFits(String alias) {
        return new GatewayException(
                ErrorCode.UNSUPPORTED_CAPABILITY,
                "No model of the alias '" + alias + "' is meant for a request like this one: look at the conditions"
                        + " (when) in aliases.yaml.",
                "model");
    }
}
