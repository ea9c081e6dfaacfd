package dev.serai.steps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.serai.catalog.Lifecycle;
import dev.serai.catalog.Model;
import dev.serai.selection.CallableModels.Listing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models as JSON: OpenAI's list (https://platform.openai.com/docs/api-reference/models), with a display name and limits added where
 * the catalog knows them, or Anthropic's (https://docs.anthropic.com/en/api/models-list).
 */
final class ModelJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** What Anthropic states of a model and the catalog does not know. */
    private static final List<String> UNKNOWN = List.of("capabilities", "deprecated_at", "line");

    private interface Content {
        void writeTo(JsonGenerator out) throws IOException;
    }

    private ModelJson() {}

    static byte[] list(List<Listing> models, boolean anthropic) {
        return write(out -> writeList(out, models, anthropic));
    }

    static byte[] one(Listing model, boolean anthropic) {
        return write(out -> writeModel(out, model, anthropic));
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes everything", e);
        }
        return bytes.toByteArray();
    }

    private static void writeList(JsonGenerator out, List<Listing> models, boolean anthropic) throws IOException {
        out.writeStartObject();
        if (!anthropic) {
            out.writeStringField("object", "list");
        }
        out.writeArrayFieldStart("data");
        for (Listing model : models) {
            writeModel(out, model, anthropic);
        }
        out.writeEndArray();
        if (anthropic) {
            out.writeBooleanField("has_more", false);
            out.writeStringField(
                    "first_id", models.isEmpty() ? null : models.get(0).id());
            out.writeStringField(
                    "last_id",
                    models.isEmpty() ? null : models.get(models.size() - 1).id());
        }
        out.writeEndObject();
    }

    private static void writeModel(JsonGenerator out, Listing model, boolean anthropic) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", model.id());
        if (anthropic) {
            writeAsAnthropic(out, model);
        } else {
            writeAsOpenAi(out, model);
        }
        out.writeEndObject();
    }

    private static void writeAsOpenAi(JsonGenerator out, Listing model) throws IOException {
        Model facts = model.facts();
        LocalDate released = facts == null ? null : facts.released();
        out.writeStringField("object", "model");
        // A number has to stand here; zero is for an unknown date.
        out.writeNumberField(
                "created",
                released == null ? 0 : released.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        out.writeStringField("owned_by", model.owner());
        out.writeStringField("display_name", model.name());
        if (facts != null && facts.contextTokens() != null) {
            out.writeNumberField("context_window", facts.contextTokens());
        }
        if (facts != null && facts.maxOutputTokens() != null) {
            out.writeNumberField("max_output_tokens", facts.maxOutputTokens());
        }
    }

    private static void writeAsAnthropic(JsonGenerator out, Listing model) throws IOException {
        Model facts = model.facts();
        LocalDate released = facts == null ? null : facts.released();
        Lifecycle lifecycle = facts == null ? Lifecycle.CURRENT : facts.lifecycle();
        out.writeStringField("type", "model");
        out.writeStringField("display_name", model.name());
        // The beginning of the epoch stands for an unknown date; null for everything else that is not known.
        out.writeStringField("created_at", midnight(released == null ? LocalDate.EPOCH : released));
        out.writeStringField("lifecycle", stage(lifecycle));
        writeNumber(out, "max_input_tokens", facts == null ? null : facts.contextTokens());
        writeNumber(out, "max_tokens", facts == null ? null : facts.maxOutputTokens());
        out.writeStringField("retires_at", lifecycle.shutdown() == null ? null : midnight(lifecycle.shutdown()));
        for (String unknown : UNKNOWN) {
            out.writeNullField(unknown);
        }
    }

    private static void writeNumber(JsonGenerator out, String name, @Nullable Long number) throws IOException {
        if (number == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, number);
        }
    }

    private static String midnight(LocalDate day) {
        return day + "T00:00:00Z";
    }

    private static String stage(Lifecycle lifecycle) {
        return switch (lifecycle.stage()) {
            case PREVIEW, CURRENT -> "active";
            case DEPRECATED -> "deprecated";
            case RETIRED -> "retired";
        };
    }
}
