package dev.serai.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.Translation;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonException;
import dev.serai.responses.ResponseStore;
import dev.serai.responses.StoredResponse;
import java.io.ByteArrayOutputStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Responses (https://platform.openai.com/docs/api-reference/responses) that providers of other dialects made and cannot keep: kept here
 * if the operator has switched that on, so that {@code previous_response_id} means the same as at OpenAI. What a provider of responses
 * makes is its own to keep.
 */
final class KeptResponses {
    static final String SETTING = "serai.stored-responses";
    static final String PREVIOUS = "previous_response_id";
    private static final String DIALECT = "openai-responses";
    private static final String INPUT = "input";
    private static final byte[] COMMA = {','};

    private final @Nullable ResponseStore store;

    /** @param store null if nothing is kept */
    KeptResponses(@Nullable ResponseStore store) {
        this.store = store;
    }

    @Nullable
    ResponseStore store() {
        return store;
    }

    static ResponseStore.Key key(Exchange exchange, String id) {
        return new ResponseStore.Key(Variables.accessKey(exchange).id(), id);
    }

    /** The id of the response that the request goes on from, if that could be here; otherwise null. */
    @Nullable
    String previous(ModelRequest request) {
        return store == null || !request.dialect().equals(DIALECT)
                ? null
                : request.body().string(PREVIOUS);
    }

    /** The same request with the whole conversation in it. */
    static ModelRequest expanded(ModelRequest request, StoredResponse previous) throws JsonException {
        byte[] own = items(request.body());
        ByteArrayOutputStream input = new ByteArrayOutputStream(previous.items().length + own.length + 3);
        input.write('[');
        join(input, previous.items(), own);
        input.write(']');
        byte[] body = request.body()
                .edit()
                .set(INPUT, input.toByteArray())
                .remove(PREVIOUS)
                .toBytes();
        return request.with(JsonDocument.parse(body));
    }

    private static void join(ByteArrayOutputStream out, byte[] one, byte[] other) {
        out.writeBytes(one);
        if (one.length > 0 && other.length > 0) {
            out.writeBytes(COMMA);
        }
        out.writeBytes(other);
    }

    /** The input as items with commas between them; a text is what the user says. */
    private static byte[] items(JsonDocument body) {
        byte[] input = body.json(INPUT);
        if (input == null) {
            return new byte[0];
        }
        if (body.kind(INPUT) == Kind.STRING) {
            String text = new String(input, UTF_8);
            return ("{\"type\":\"message\",\"role\":\"user\",\"content\":" + text + "}").getBytes(UTF_8);
        }
        return body.kind(INPUT) == Kind.ARRAY ? within(input) : new byte[0];
    }

    /** What stands between the brackets of an array. */
    private static byte[] within(byte[] array) {
        return new String(array, 1, array.length - 2, UTF_8).strip().getBytes(UTF_8);
    }

    /** Whether the answer to a request is kept, should a provider of another dialect make it. */
    boolean keeps(ModelRequest request) {
        boolean unwanted =
                request.body().kind("store") == Kind.BOOLEAN && !request.body().isTrue("store");
        return store != null && !unwanted && request.dialect().equals(DIALECT);
    }

    /**
     * A translation whose answer is kept.
     *
     * @param translation of the request of this exchange, for a provider of another dialect
     */
    Translation watched(Exchange exchange, Translation translation) {
        ModelRequest request = Variables.request(exchange);
        return new KeptTranslation(translation, response -> keep(exchange, request, response));
    }

    private void keep(Exchange exchange, ModelRequest request, byte[] response) {
        ResponseStore kept = store;
        try {
            JsonDocument document = JsonDocument.parse(response);
            String id = document.string("id");
            byte[] output = document.json("output");
            if (kept == null || id == null || output == null || document.kind("output") != Kind.ARRAY) {
                return;
            }
            ByteArrayOutputStream items =
                    new ByteArrayOutputStream(request.body().size() + output.length);
            join(items, items(request.body()), within(output));
            kept.keep(key(exchange, id), new StoredResponse(items.toByteArray(), response));
        } catch (JsonException e) {
            throw new IllegalStateException("a codec wrote what is no JSON", e);
        }
    }

    /** Why a conversation cannot go on, for a client whose provider keeps none. */
    String explanation() {
        return store == null
                ? "; this gateway could keep responses for such providers, if its setting " + SETTING
                        + " were a duration such as 1h"
                : "; this gateway keeps " + store.promise() + ", and does not have this one";
    }
}
