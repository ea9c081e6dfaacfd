package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.permit.Permit;
import dev.serai.reload.Snapshot;
import dev.serai.selection.CallableModels;
import dev.serai.selection.CallableModels.Listing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The models that the key may call, in the shape of the client's dialect: OpenAI's, or Anthropic's for a client that sends
 * {@code anthropic-version}. Lists are kept until something changes: some clients ask for them all the time.
 */
final class DescribeModels implements Processor {
    private static final String ONE = "/v1/models/";
    private static final int MAX_LISTS_KEPT = 16;

    /** Lists made of one snapshot. */
    private record Lists(Snapshot snapshot, Map<Question, byte[]> answers) {}

    private record Question(AccessKey key, boolean anthropic) {}

    private final Supplier<Snapshot> current;
    private volatile @Nullable Lists lists;

    DescribeModels(Supplier<Snapshot> current) {
        this.current = current;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        boolean anthropic = message.getHeader("anthropic-version") != null;
        if (anthropic) {
            exchange.setVariable(Variables.DIALECT, "anthropic-messages");
        }
        AccessKey key = Variables.accessKey(exchange);
        Permit permit = Variables.permit(exchange);
        ClientCall call = ClientCall.of(exchange);
        String path = call == null ? "" : call.path();
        byte[] answer = path.startsWith(ONE)
                ? ModelJson.one(find(path.substring(ONE.length()), permit), anthropic)
                : list(key, permit, anthropic);
        message.removeHeaders("*");
        message.setHeader("Content-Type", "application/json");
        message.setBody(answer);
    }

    @SuppressWarnings("ReferenceEquality") // one snapshot is never the same as another
    private byte[] list(AccessKey key, Permit permit, boolean anthropic) {
        Snapshot snapshot = current.get();
        Lists kept = lists;
        if (kept == null || kept.snapshot != snapshot) {
            kept = new Lists(snapshot, new ConcurrentHashMap<>());
            lists = kept;
        }
        if (kept.answers.size() >= MAX_LISTS_KEPT) {
            kept.answers.clear();
        }
        return kept.answers.computeIfAbsent(
                new Question(key, anthropic),
                question -> ModelJson.list(callable(permit).list(permit.directory(), permit.scope()), anthropic));
    }

    private static CallableModels callable(Permit permit) {
        return new CallableModels(permit.credentials());
    }

    private static Listing find(String encodedId, Permit permit) {
        Listing found = callable(permit).find(decoded(encodedId), permit.directory(), permit.scope());
        if (found == null) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_FOUND,
                    "There is no such model that this key may call; see GET /v1/models.",
                    "model");
        }
        return found;
    }

    /** What is no URL encoding is taken as it stands: then it is the name of nothing. */
    private static String decoded(String encodedId) {
        try {
            return URLDecoder.decode(encodedId.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encodedId;
        }
    }
}
