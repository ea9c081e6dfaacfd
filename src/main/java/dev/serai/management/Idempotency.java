package dev.serai.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.Secret;
import dev.serai.secrets.Owner;
import dev.serai.secrets.Vault;
import dev.serai.store.IdempotencyTable;
import dev.serai.store.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has a call with the header {@code Idempotency-Key} carried out once, and its answer given again for a day. The answer is kept
 * in the transaction of the change, sealed: it may show a token.
 */
final class Idempotency {
    /** How long an answer is repeated. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Vault> vault;
    private final Clock clock;

    Idempotency(Supplier<Vault> vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * The answer that the call got before; empty if it is new, or does not say.
     *
     * @throws ApiException {@link ApiError#IDEMPOTENCY_KEY_REUSED} if it was another call
     */
    Optional<Reply> before(Call call, Session session) {
        Repetition repetition = call.repetition();
        if (repetition == null) {
            return Optional.empty();
        }
        String actor = call.caller().keyId();
        return session.idempotency()
                .find(actor, repetition.key())
                .filter(answer -> clock.instant().isBefore(answer.createdAt().plus(KEPT)))
                .map(answer -> {
                    if (!answer.requestHash().equals(repetition.hash())) {
                        throw new ApiException(
                                ApiError.IDEMPOTENCY_KEY_REUSED,
                                "This idempotency key came with another call before. Take a new one.");
                    }
                    Owner owner = IdempotencyTable.owner(actor, repetition.key());
                    return unpacked(vault.get().open(answer.body(), owner).reveal());
                });
    }

    /** Does what the call asks for, within a change of the store, and keeps the answer. */
    Reply once(Call call, Session session, Supplier<Reply> work) {
        Repetition repetition = call.repetition();
        if (repetition == null) {
            return work.get();
        }
        session.idempotency().purge(clock.instant().minus(KEPT));
        Optional<Reply> before = before(call, session);
        if (before.isPresent()) {
            return before.get();
        }
        Reply reply = work.get();
        String actor = call.caller().keyId();
        Owner owner = IdempotencyTable.owner(actor, repetition.key());
        session.idempotency()
                .keep(
                        actor,
                        repetition.key(),
                        repetition.hash(),
                        reply.status(),
                        vault.get().seal(new Secret(packed(reply)), owner));
        return reply;
    }

    private static String packed(Reply reply) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", reply.status()).put("tag", reply.tag()).put("location", reply.location());
        json.set("body", reply.body());
        return json.toString();
    }

    private static Reply unpacked(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new Reply(
                    json.path("status").asInt(),
                    json.path("body").isObject() ? json.path("body") : null,
                    json.path("tag").textValue(),
                    json.path("location").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept answer is no JSON", e);
        }
    }
}
