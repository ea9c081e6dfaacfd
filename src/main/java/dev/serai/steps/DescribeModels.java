package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.access.Scope;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.selection.CallableModels;
import dev.serai.selection.CallableModels.Listing;
import dev.serai.selection.Directory;
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
 * {@code anthropic-version}. Lists are kept until the directory changes: some clients ask for them all the time.
 */
final class DescribeModels implements Processor {
    private static final String ONE = "/v1/models/";
    private static final int MAX_LISTS_KEPT = 16;

    /** Lists made of one directory. */
    private record Lists(Directory directory, Map<Question, byte[]> answers) {}

    private record Question(Scope scope, boolean anthropic) {}

    private final CallableModels models;
    private final Supplier<Directory> directory;
    private volatile @Nullable Lists lists;

    DescribeModels(CallableModels models, Supplier<Directory> directory) {
        this.models = models;
        this.directory = directory;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        boolean anthropic = message.getHeader("anthropic-version") != null;
        if (anthropic) {
            exchange.setVariable(Variables.DIALECT, "anthropic-messages");
        }
        Scope scope = Variables.require(exchange, Variables.ACCESS_KEY, AccessKey.class)
                .scope();
        ClientCall call = ClientCall.of(exchange);
        String path = call == null ? "" : call.path();
        byte[] answer = path.startsWith(ONE)
                ? ModelJson.one(find(path.substring(ONE.length()), scope), anthropic)
                : list(scope, anthropic);
        message.removeHeaders("*");
        message.setHeader("Content-Type", "application/json");
        message.setBody(answer);
    }

    private byte[] list(Scope scope, boolean anthropic) {
        Directory current = directory.get();
        Lists kept = lists;
        if (kept == null || !kept.directory.equals(current)) {
            kept = new Lists(current, new ConcurrentHashMap<>());
            lists = kept;
        }
        if (kept.answers.size() >= MAX_LISTS_KEPT) {
            kept.answers.clear();
        }
        return kept.answers.computeIfAbsent(
                new Question(scope, anthropic), question -> ModelJson.list(models.list(current, scope), anthropic));
    }

    private Listing find(String encodedId, Scope scope) {
        Listing found = models.find(decoded(encodedId), directory.get(), scope);
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
