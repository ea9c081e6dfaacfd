package dev.serai.steps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.serai.catalog.Catalog;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.selection.ProviderCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The models that can be called, as {@code provider:model}, in the shape of the client's dialect: OpenAI's list
 * (https://platform.openai.com/docs/api-reference/models), or Anthropic's (https://docs.anthropic.com/en/api/models-list) for a
 * client that sends {@code anthropic-version}.
 */
final class DescribeModels implements Processor {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String ONE = "/v1/models/";

    /** What Anthropic states of a model and the catalog does not know yet. */
    private static final List<String> UNKNOWN =
            List.of("capabilities", "deprecated_at", "line", "max_input_tokens", "max_tokens", "retires_at");

    private final ProviderCredentials credentials;
    private final Supplier<Catalog> catalog;

    DescribeModels(ProviderCredentials credentials, Supplier<Catalog> catalog) {
        this.credentials = credentials;
        this.catalog = catalog;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        boolean anthropic = message.getHeader("anthropic-version") != null;
        if (anthropic) {
            exchange.setVariable(Variables.DIALECT, "anthropic-messages");
        }
        Catalog models = catalog.get();
        List<Catalog.Entry> callable = models.models().stream()
                .filter(entry -> credentials.of(entry.provider()).isPresent())
                .toList();
        ClientCall call = ClientCall.of(exchange);
        String path = call == null ? "" : call.path();
        byte[] answer = path.startsWith(ONE)
                ? write(out -> writeModel(out, find(callable, path.substring(ONE.length())), anthropic))
                : write(out -> writeList(out, callable, anthropic));
        message.removeHeaders("*");
        message.setHeader("Content-Type", "application/json");
        message.setBody(answer);
    }

    private static Catalog.Entry find(List<Catalog.Entry> callable, String encodedId) {
        String id = URLDecoder.decode(encodedId.replace("+", "%2B"), StandardCharsets.UTF_8);
        for (Catalog.Entry entry : callable) {
            String prefix = entry.provider().id() + ":";
            if (entry.model().isCalled(id.startsWith(prefix) ? id.substring(prefix.length()) : id)) {
                return entry;
            }
        }
        throw new GatewayException(
                ErrorCode.MODEL_NOT_FOUND,
                "There is no such model that this key may call; see GET /v1/models.",
                "model");
    }

    private static String fullId(Catalog.Entry entry) {
        return entry.provider().id() + ":" + entry.model().id();
    }

    private interface Content {
        void writeTo(JsonGenerator out) throws IOException;
    }

    private static byte[] write(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            content.writeTo(out);
        }
        return bytes.toByteArray();
    }

    private static void writeList(JsonGenerator out, List<Catalog.Entry> models, boolean anthropic) throws IOException {
        out.writeStartObject();
        if (!anthropic) {
            out.writeStringField("object", "list");
        }
        out.writeArrayFieldStart("data");
        for (Catalog.Entry model : models) {
            writeModel(out, model, anthropic);
        }
        out.writeEndArray();
        if (anthropic) {
            out.writeBooleanField("has_more", false);
            out.writeStringField("first_id", models.isEmpty() ? null : fullId(models.get(0)));
            out.writeStringField("last_id", models.isEmpty() ? null : fullId(models.get(models.size() - 1)));
        }
        out.writeEndObject();
    }

    private static void writeModel(JsonGenerator out, Catalog.Entry model, boolean anthropic) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", fullId(model));
        if (anthropic) {
            out.writeStringField("type", "model");
            out.writeStringField("display_name", model.model().id());
            // The beginning of the epoch stands for an unknown date; null for everything else that is not known.
            out.writeStringField("created_at", "1970-01-01T00:00:00Z");
            out.writeStringField("lifecycle", "active");
            for (String unknown : UNKNOWN) {
                out.writeNullField(unknown);
            }
        } else {
            out.writeStringField("object", "model");
            out.writeNumberField("created", 0);
            out.writeStringField("owned_by", model.provider().id());
        }
        out.writeEndObject();
    }
}
