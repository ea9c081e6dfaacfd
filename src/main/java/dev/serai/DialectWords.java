package dev.serai;

import dev.serai.dialect.Dialects;
import dev.serai.error.GatewayError;
import dev.serai.gateway.OwnWords;

/** What the server says by itself, in the words of the dialects. */
record DialectWords(Dialects dialects) implements OwnWords {
    @Override
    public String guessDialect(String path, boolean anthropicVersion) {
        if (anthropicVersion || path.startsWith("/v1/messages")) {
            return "anthropic-messages";
        }
        return path.startsWith("/v1beta/") ? "gemini" : "openai-chat";
    }

    @Override
    public byte[] body(String dialect, GatewayError error) {
        return dialects.get(dialect).error(error);
    }

    @Override
    public byte[] event(String dialect, GatewayError error) {
        return dialects.get(dialect).errorEvent(error);
    }

    @Override
    public byte[] keepAlive(String dialect) {
        return dialects.get(dialect).keepAlive();
    }

    @Override
    public byte[] element(String dialect, GatewayError error) {
        return dialects.get(dialect).errorElement(error);
    }
}
