package dev.serai.selection;

import dev.serai.access.Scope;
import dev.serai.catalog.Model;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a request asks for against what its key may call. Of the first name something must be left; from the others what is
 * not allowed is dropped. Thread-safe.
 */
public final class ScopeCheck {
    /** @throws GatewayException {@code model_not_allowed} if nothing of the first name is allowed */
    public void apply(Selection selection) {
        selection.markScopeChecked();
        if (selection.scope().equals(Scope.ALL) || selection.groups().isEmpty()) {
            return;
        }
        Group first = selection.groups().get(0);
        boolean asked = !first.isEmpty();
        selection.keep(ScopeCheck::refusal);
        GatewayException reason = first.refusal();
        if (asked && first.isEmpty() && reason != null) {
            throw reason;
        }
    }

    private static @Nullable GatewayException refusal(Target target, Selection selection) {
        return allows(selection.scope(), target, selection.directory())
                ? null
                : new GatewayException(
                        ErrorCode.MODEL_NOT_ALLOWED,
                        "This access key may not call " + Directory.shown(target.name())
                                + ". GET /v1/models lists what it may call; whoever runs Serai can allow more.",
                        "model");
    }

    /** A model may be allowed under its id, although it was asked for by another name that its provider knows. */
    static boolean allows(Scope scope, Target target, Directory directory) {
        String provider = target.provider().id();
        if (scope.allows(provider, target.model(), directory::isProvider)) {
            return true;
        }
        Model facts = target.facts();
        return facts != null && scope.allows(provider, facts.id(), directory::isProvider);
    }
}
