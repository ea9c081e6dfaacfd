package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.Secret;
import dev.serai.gateway.OwnWords;
import dev.serai.sandbox.Script.Failure;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The pretend provider, as the beans that {@code routes/sandbox.camel.yaml} refers to. The routes listen on a second
 * {@link dev.serai.gateway.GatewayComponent}, registered as {@code sandbox}, on loopback: requests reach it over a real
 * connection, as they would a real provider.
 *
 * <p>Its models are {@code echo}, {@code slow}, {@code tool}, {@code fail} and {@code stall}, streamed and not, in
 * OpenAI's chat completions and responses and in Anthropic's messages; and {@code embed} in OpenAI's embeddings.
 */
public final class Sandbox {
    private Sandbox() {}

    /**
     * The steps of the routes, by the names that the routes use. Thread-safe.
     *
     * @param key what callers must send as {@code Authorization: Bearer …} or {@code x-api-key}
     */
    public static Map<String, Processor> beans(Secret key) {
        return beans(key, Timing.SHIPPED);
    }

    static Map<String, Processor> beans(Secret key, Timing timing) {
        ScriptWriter writer = new ScriptWriter(timing);
        return Map.of(
                "checkSandboxKey", new CheckSandboxKey(key),
                "writeSandboxScript", new ReadJson((exchange, request) -> write(writer, exchange, request)),
                "playSandboxScript", new PlaySandboxScript(Clock.systemUTC()),
                "makeSandboxEmbeddings", new ReadJson(Sandbox::embed),
                "listSandboxModels", new ListSandboxModels());
    }

    /** How the {@code sandbox:} component writes its own errors: in the envelopes of OpenAI and Anthropic. */
    public static OwnWords errors() {
        return new SandboxErrors();
    }

    private static void write(ScriptWriter writer, Exchange exchange, ObjectNode request) {
        Ask ask = Format.of(Replies.call(exchange).dialect()).read(request);
        exchange.setVariable(PlaySandboxScript.SCRIPT, writer.write(ask));
        exchange.getMessage().setBody(ask);
    }

    private static void embed(Exchange exchange, ObjectNode request) {
        String model = Json.requiredText(request, "model");
        if (PretendModel.find(model) == PretendModel.EMBED) {
            Replies.answer(exchange, Embeddings.of(request));
        } else {
            Failure failure = ScriptWriter.makesNoEmbeddings(model);
            Replies.refuse(exchange, failure.toError(Replies.call(exchange).requestId()));
        }
    }
}
