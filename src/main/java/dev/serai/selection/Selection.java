package dev.serai.selection;

import dev.serai.access.Scope;
import dev.serai.dialect.RequestNeeds;
import dev.serai.error.GatewayException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way from model names to a plan: the names that are still to be resolved, what the others stand for, and what
 * was dropped on the way. Used by one step at a time.
 */
public final class Selection {
    private static final int MAX_QUESTIONS = 100;

    private final Directory directory;
    private final String dialect;
    private final List<String> names;
    private final RequestNeeds needs;
    private final RequestShape shape;
    private final Scope scope;
    private final Credentials credentials;
    private final List<Group> groups = new ArrayList<>(2);
    private @Nullable DroppedModels dropped;
    private int resolved;
    private int questions;
    private boolean scopeChecked;

    /**
     * @param directory what names mean for this request, whatever changes meanwhile
     * @param dialect   the id of the dialect the client speaks
     * @param names     in the order to try; not empty
     * @param stream    whether the client wants a stream
     * @param scope     what may be called
     * @param credentials with what
     */
    public Selection(
            Directory directory,
            String dialect,
            List<String> names,
            boolean stream,
            RequestNeeds needs,
            Scope scope,
            Credentials credentials) {
        this.directory = directory;
        this.dialect = dialect;
        this.names = names;
        this.needs = needs;
        this.shape = new RequestShape(stream, needs::tokensAbout);
        this.scope = scope;
        this.credentials = credentials;
    }

    public Directory directory() {
        return directory;
    }

    String dialect() {
        return dialect;
    }

    RequestNeeds needs() {
        return needs;
    }

    /** Whether the client wants a stream. */
    public boolean isStreamed() {
        return shape.stream();
    }

    RequestShape shape() {
        return shape;
    }

    Credentials credentials() {
        return credentials;
    }

    Scope scope() {
        return scope;
    }

    /**
     * Whether a name is left to resolve.
     *
     * @throws IllegalStateException if it is asked again and again of the same name: a route that resolves nothing would never end
     */
    public boolean hasName() {
        if (resolved == names.size()) {
            return false;
        }
        if (++questions > MAX_QUESTIONS) {
            throw new IllegalStateException(
                    "no rule of the route takes or refuses the name " + Directory.shown(name()));
        }
        return true;
    }

    /** The name to resolve now, as the client wrote it. */
    public String name() {
        return names.get(resolved);
    }

    /** The name stands for this; on to the next one. */
    void resolve(Group group) {
        groups.add(group);
        resolved++;
        questions = 0;
    }

    /** What the resolved names stand for, in their order. */
    List<Group> groups() {
        return groups;
    }

    void keep(Check check) {
        for (Group group : groups) {
            group.keep(check, this);
        }
    }

    void drop(Target target, GatewayException reason) {
        dropped = dropped == null ? new DroppedModels() : dropped;
        dropped.add(target, reason.code());
    }

    /** What was asked for, or is meant by an alias, and is no candidate; null if everything is one. */
    public @Nullable DroppedModels dropped() {
        return dropped;
    }

    boolean isEmpty() {
        for (Group group : groups) {
            if (!group.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Why nothing is left: the reason of the first name that has one. */
    GatewayException refusal() {
        for (Group group : groups) {
            GatewayException reason = group.refusal();
            if (reason != null) {
                return reason;
            }
        }
        throw new IllegalStateException("no name was resolved; is a step missing in the route?");
    }

    void markScopeChecked() {
        scopeChecked = true;
    }

    boolean isScopeChecked() {
        return scopeChecked;
    }
}
