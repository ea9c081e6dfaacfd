package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.CountCodec;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ModelRequest;
import dev.serai.json.JsonDocument;

/**
 * Translates countTokens (https://ai.google.dev/api/tokens). A client may send the contents alone or a whole request within the
 * request; a provider is always sent the latter, or it would count neither instructions nor tools.
 */
public final class GeminiCountTokensCodec implements CountCodec {
    private static final String TOKENS = "totalTokens";

    private final GeminiCodec conversations = new GeminiCodec();

    @Override
    public String dialect() {
        return GeminiCountTokens.ID;
    }

    @Override
    public String conversation() {
        return Gemini.ID;
    }

    @Override
    public ChatRequest decodeRequest(ModelRequest request) throws CodecException {
        JsonDocument within = request.body().object(GeminiCountTokens.REQUEST);
        return conversations.decodeRequest(
                new ModelRequest(Gemini.ID, request.models(), false, true, within == null ? request.body() : within));
    }

    @Override
    public Encoded encodeRequest(ChatRequest request, EncodingTarget target) throws CodecException {
        Encoded conversation = conversations.encodeRequest(request, target);
        ObjectNode within = JsonTree.NODES.objectNode().put("model", "models/" + target.model());
        within.setAll(JsonTree.readObject(conversation.body()));
        ObjectNode body = JsonTree.NODES.objectNode().set(GeminiCountTokens.REQUEST, within);
        return new Encoded(JsonTree.write(body), conversation.dropped());
    }

    @Override
    public long decodeReply(byte[] body) throws CodecException {
        ObjectNode reply = JsonTree.readObject(body);
        if (!reply.path(TOKENS).isIntegralNumber()) {
            throw new CodecException("missing: the number of tokens", TOKENS);
        }
        return reply.path(TOKENS).longValue();
    }

    @Override
    public byte[] encodeReply(long tokens) {
        return JsonTree.write(JsonTree.NODES.objectNode().put(TOKENS, tokens));
    }
}
