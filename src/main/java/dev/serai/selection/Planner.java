package dev.serai.selection;

import dev.serai.catalog.Auth;
import dev.serai.catalog.Provider;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a {@link Plan} of what is left of a {@link Selection}: each target with a dialect and a credential. Thread-safe. */
public final class Planner {
    private final SurfaceChoice surfaces;
    private final Health health;

    /** @param health what is ill is tried last of what a name stands for */
    public Planner(SurfaceChoice surfaces, Health health) {
        this.surfaces = surfaces;
        this.health = health;
    }

    /** Puts the options of each name into the order in which to try them, by the name's strategy. */
    public void order(Selection selection) {
        for (Group group : selection.groups()) {
            group.order(selection.shape(), health);
        }
    }

    /**
     * The plan: name by name, each target once with each of its keys. A target is dropped if its provider speaks no suitable dialect, or if there is no
     * credential for it.
     *
     * @throws GatewayException      if every target is dropped: the reason of the first name
     * @throws IllegalStateException if nobody has checked the scope: a route must not forget it
     */
    public Plan plan(Selection selection) {
        Plan plan = candidates(selection);
        if (plan.candidates().isEmpty()) {
            throw selection.refusal();
        }
        return plan;
    }

    /**
     * As {@link #plan}, for a request that Serai can answer by itself: the plan is empty if nobody speaks a suitable dialect.
     *
     * @throws GatewayException if every target is dropped for another reason
     */
    public Plan planIfSpoken(Selection selection) {
        Plan plan = candidates(selection);
        if (plan.candidates().isEmpty() && selection.refusal().code() != ErrorCode.UNSUPPORTED_DIALECT) {
            throw selection.refusal();
        }
        return plan;
    }

    private Plan candidates(Selection selection) {
        if (!selection.isScopeChecked()) {
            throw new IllegalStateException("the scope of the key was not checked; is a step missing in the route?");
        }
        List<Candidate> candidates = new ArrayList<>(4);
        Set<Target.Key> planned = new HashSet<>(4);
        for (Group group : selection.groups()) {
            for (Option option : group.options()) {
                if (planned.add(option.target().key())) {
                    add(option.target(), group, selection, candidates);
                }
            }
        }
        return new Plan(candidates);
    }

    private void add(Target target, Group group, Selection selection, List<Candidate> candidates) {
        String dialect = surfaces.dialect(target, selection.dialect());
        if (dialect == null) {
            group.refuse(target, unsupported(target, selection.dialect()), selection);
            return;
        }
        List<Credentials.Owned> keys = selection.credentials().of(target.provider(), target.model(), dialect);
        if (keys.isEmpty()) {
            group.refuse(target, noCredentials(target.provider(), dialect), selection);
            return;
        }
        for (Credentials.Owned key : keys) {
            candidates.add(new Candidate(target, dialect, key.credential(), key.source()));
        }
    }

    private static GatewayException unsupported(Target target, String dialect) {
        Provider provider = target.provider();
        String who = provider.dialects().containsKey(dialect) ? target.name() : "The provider " + provider.id();
        String speaks = target.facts() == null || target.facts().dialects().isEmpty()
                ? String.join(", ", provider.dialects().keySet())
                : String.join(", ", target.facts().dialects());
        return new GatewayException(
                ErrorCode.UNSUPPORTED_DIALECT,
                who + " does not speak " + dialect + ", the format of this request. It speaks " + speaks + ".",
                "model");
    }

    private static GatewayException noCredentials(Provider provider, String dialect) {
        String variable = provider.auth(dialect) instanceof Auth.Header header ? header.env() : "";
        String operator = variable.isEmpty()
                ? ""
                : ", or set the environment variable " + variable + " to one and start Serai again";
        return new GatewayException(
                ErrorCode.NO_CREDENTIALS,
                "There is no key for the provider " + provider.id() + ". Add a provider key" + operator + ".",
                "model");
    }
}
