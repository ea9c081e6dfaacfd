package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Puts answers into messages. */
final class Replies {
    private Replies() {}

    static void write(Reply reply, Exchange exchange) {
        Message message = begin(exchange, reply.status());
        put(message, "ETag", reply.tag());
        put(message, "Location", reply.location());
        if (reply.body() == null) {
            message.setBody(null);
        } else {
            boolean isJson = reply.mediaType().equals(Reply.JSON);
            String text = isJson ? reply.body().toString() : reply.body().asText();
            message.setHeader(Exchange.CONTENT_TYPE, reply.mediaType());
            message.setBody(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static void write(ApiException refused, Exchange exchange) {
        Message message = begin(exchange, refused.error().status());
        if (refused.error() == ApiError.INVALID_API_KEY) {
            message.setHeader("WWW-Authenticate", "Bearer realm=\"serai\"");
        }
        if (refused.error() == ApiError.STORE_UNAVAILABLE) {
            message.setHeader("Retry-After", "5");
        }
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(body(refused).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** {@code {errorCode,statusCode,msg,details}} */
    static ObjectNode body(ApiException refused) {
        ObjectNode json = Shapes.object()
                .put("errorCode", refused.error().code())
                .put("statusCode", refused.error().status())
                .put("msg", refused.getMessage());
        json.set("details", refused.details());
        return json;
    }

    /** Whatever stands in the message would be sent: the request's headers among it. */
    private static Message begin(Exchange exchange, int status) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        return message;
    }

    private static void put(Message message, String header, @Nullable String value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
