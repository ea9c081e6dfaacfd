package dev.serai;

import dev.serai.dialect.Dialects;
import dev.serai.error.GatewayError;
import dev.serai.gateway.ErrorWriter;

/** Errors of the server itself, in the dialect that the path suggests. */
record DialectErrors(Dialects dialects) implements ErrorWriter {
    @Override
    public String guessDialect(String path, boolean anthropicVersion) {
        return anthropicVersion || path.startsWith("/v1/messages") ? "anthropic-messages" : "openai-chat";
    }

    @Override
    public byte[] body(String dialect, GatewayError error) {
        return dialects.get(dialect).error(error);
    }

    @Override
    public byte[] event(String dialect, GatewayError error) {
        return dialects.get(dialect).errorEvent(error);
    }
}
