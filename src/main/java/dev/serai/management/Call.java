package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.control.Account;
import dev.serai.store.Fields;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call of the management API that is permitted and well formed.
 *
 * @param accountId   whose objects are meant
 * @param id          the object that the path names; null if it names none
 * @param query       parameters of the URL, each of which the operation knows
 * @param body        JSON; null where the operation wants none
 * @param conditions  what must hold of the object's version
 * @param repetition  which call it may be a repetition of; null if it does not say
 */
record Call(
        Operation operation,
        Caller caller,
        String accountId,
        @Nullable String id,
        Map<String, String> query,
        @Nullable JsonNode body,
        Conditions conditions,
        @Nullable Repetition repetition) {
    /** The parameter with which an operator names an account. */
    static final String ACCOUNT = "account";

    Call {
        query = Map.copyOf(query);
    }

    String requireId() {
        if (id == null) {
            throw new IllegalStateException(operation.id() + " has no id in its path");
        }
        return id;
    }

    JsonNode requireBody() {
        if (body == null) {
            throw new IllegalStateException(operation.id() + " has no body");
        }
        return body;
    }

    /** Makes something of the body's fields, which must all be known. */
    <T> T read(Function<Fields, T> made) {
        return Fields.of(requireBody()).make(made);
    }

    /** The path of something below this operation's resource, as the same caller would ask for it. */
    String uri(String path) {
        return isDefaultAccount() ? path : path + "?" + ACCOUNT + "=" + accountId;
    }

    /** The page that begins at this cursor, with the parameters of this call. */
    String nextUri(String cursor) {
        StringBuilder uri =
                new StringBuilder(operation.path()).append("?cursor=").append(cursor);
        query.forEach((name, value) -> {
            if (!name.equals("cursor")) {
                uri.append('&').append(name).append('=').append(encoded(value));
            }
        });
        return uri.toString();
    }

    private static String encoded(String value) {
        return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    private boolean isDefaultAccount() {
        return !caller.isOperator() || accountId.equals(Account.DEFAULT);
    }
}
