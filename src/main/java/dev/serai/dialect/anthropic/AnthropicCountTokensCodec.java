package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.CountCodec;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ModelRequest;
import java.util.Set;

/** Translates count_tokens (https://docs.anthropic.com/en/api/messages-count-tokens). */
public final class AnthropicCountTokensCodec implements CountCodec {
    /** What count_tokens takes of a request for a message. It refuses the rest, which makes no tokens of input. */
    private static final Set<String> COUNTED =
            Set.of("model", "messages", "system", "thinking", "tool_choice", "tools", "output_config");

    private final AnthropicMessagesCodec messages = new AnthropicMessagesCodec();

    @Override
    public String dialect() {
        return AnthropicCountTokens.ID;
    }

    @Override
    public String conversation() {
        return AnthropicMessagesCodec.DIALECT;
    }

    @Override
    public ChatRequest decodeRequest(ModelRequest request) throws CodecException {
        return messages.decodeRequest(request);
    }

    @Override
    public Encoded encodeRequest(ChatRequest request, EncodingTarget target) throws CodecException {
        Encoded message = messages.encodeRequest(request, target);
        ObjectNode body = JsonTree.readObject(message.body());
        body.retain(COUNTED);
        return new Encoded(JsonTree.write(body), message.dropped());
    }

    @Override
    public long decodeReply(byte[] body) throws CodecException {
        ObjectNode reply = JsonTree.readObject(body);
        if (!reply.path(AnthropicCountTokens.TOKENS).isIntegralNumber()) {
            throw new CodecException("missing: the number of tokens", AnthropicCountTokens.TOKENS);
        }
        return reply.path(AnthropicCountTokens.TOKENS).longValue();
    }

    @Override
    public byte[] encodeReply(long tokens) {
        return JsonTree.write(JsonTree.NODES.objectNode().put(AnthropicCountTokens.TOKENS, tokens));
    }
}
