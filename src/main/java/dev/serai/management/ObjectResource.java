package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.Stored;
import dev.serai.store.Cursor;
import dev.serai.store.Fields;
import dev.serai.store.ObjectTable;
import dev.serai.store.Page;
import dev.serai.store.Session;
import dev.serai.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all objects have in common: lists, entity tags, merge patches, repetitions; what is changed is in the audit by itself. */
abstract class ObjectResource<T extends Stored> implements Resource {
    private final ControlPlane plane;
    private final Idempotency idempotency;
    private final String path;
    private final String one;
    private final String many;

    /**
     * @param path of the list
     * @param one  what operations call an object: {@code get-<one>}
     * @param many what they call several: {@code list-<many>}
     */
    ObjectResource(ControlPlane plane, String path, String one, String many) {
        this.plane = plane;
        this.idempotency = new Idempotency(plane::vault, plane.clock());
        this.path = path;
        this.one = one;
        this.many = many;
    }

    /** List, get, create, patch and delete. */
    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of(
                "list-" + many, this::list,
                "get-" + one, this::get,
                "create-" + one, this::create,
                "patch-" + one, this::patch,
                "delete-" + one, this::delete);
    }

    abstract ObjectTable<T> table(Session session);

    /** What can be patched, in the form in which {@link #patched} reads it. */
    abstract ObjectNode document(T object);

    /** What is shown beside it. */
    void showMore(T object, ObjectNode json) {}

    /** Makes an object of the body of a call. */
    abstract Made<T> made(Call call, Session session);

    /** The object with what the fields of its patched document say. */
    abstract T patched(Fields fields, T before);

    /** Replaces parts of a patched document before it is read. */
    JsonNode prepared(JsonNode document, Call call, Session session) {
        return document;
    }

    /** Refuses to delete what must not go. */
    void beforeDelete(T object, Call call) {}

    /**
     * An object that was kept, and what is shown of it this once.
     *
     * @param token null for none
     */
    record Made<T>(T object, @Nullable String token) {}

    Page<T> page(Session session, Call call, @Nullable Cursor after, int limit) {
        return table(session).list(call.accountId(), after, limit);
    }

    Optional<T> find(Session session, Call call) {
        return table(session).find(call.accountId(), call.requireId());
    }

    private Reply list(Call call) {
        return plane.store().read(session -> {
            Page<T> page = page(session, call, Lists.cursor(call), Lists.limit(call));
            return Lists.reply(call, page, object -> shown(object, call));
        });
    }

    private Reply get(Call call) {
        T object = plane.store().read(session -> required(session, call));
        String tag = Conditions.tag(object);
        return call.conditions().isKnown(tag) ? Reply.unchanged(tag) : Reply.ok(shown(object, call), tag);
    }

    private T required(Session session, Call call) {
        return find(session, call).orElseThrow(ApiException::absent);
    }

    private Reply create(Call call) {
        return change(call, session -> {
            Made<T> made = made(call, session);
            ObjectNode json = shown(made.object(), call);
            if (made.token() != null) {
                json.put("token", made.token());
            }
            return Reply.created(json, Conditions.tag(made.object()));
        });
    }

    private Reply patch(Call call) {
        return update(call, (session, before) -> {
            JsonNode document = MergePatch.apply(call.requireBody(), document(before));
            return Fields.of(prepared(document, call, session)).make(fields -> patched(fields, before));
        });
    }

    private Reply delete(Call call) {
        return change(call, session -> {
            T object = required(session, call);
            call.conditions().requireMatch(Conditions.tag(object));
            beforeDelete(object, call);
            table(session)
                    .delete(object.accountId(), object.id(), object.stamp().version());
            return Reply.deleted();
        });
    }

    /** What becomes of an object. */
    @FunctionalInterface
    interface Update<T> {
        T of(Session session, T before);
    }

    /** Changes the object that the call names. What leaves it as it is, is no change. */
    final Reply update(Call call, Update<T> update) {
        return change(call, session -> {
            T before = required(session, call);
            call.conditions().requireMatch(Conditions.tag(before));
            T after = update.of(session, before);
            T kept = after.equals(before) ? before : table(session).update(after);
            return Reply.ok(shown(kept, call), Conditions.tag(kept));
        });
    }

    private Reply change(Call call, Function<Session, Reply> work) {
        Store store = plane.store();
        // A repetition is no change, and waits for none.
        Optional<Reply> before =
                call.repetition() == null ? Optional.empty() : store.read(session -> idempotency.before(call, session));
        return before.orElseGet(() -> store.change(
                call.caller().actor(), session -> idempotency.once(call, session, () -> work.apply(session))));
    }

    final ObjectNode shown(T object, Call call) {
        ObjectNode json = Shapes.head(object.id(), call.uri(path + "/" + object.id()), object.stamp());
        json.setAll(document(object));
        showMore(object, json);
        return json;
    }

    final ControlPlane plane() {
        return plane;
    }
}
