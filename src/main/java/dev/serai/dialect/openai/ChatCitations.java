package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.dialect.JsonTree;
import org.jspecify.annotations.Nullable;

/** The {@code annotations} of Chat, whose positions count code points of the whole message, to and from citations of its text blocks. */
final class ChatCitations {
    static final String URL_CITATION = "url_citation";

    private ChatCitations() {}

    /**
     * Reads an annotation.
     *
     * @param offset where the text block begins in the message
     */
    static Citation read(JsonNode annotation, long offset) {
        JsonNode inner = annotation.path(URL_CITATION);
        JsonNode cited = inner.isObject() ? inner : annotation;
        if (!annotation.path("type").asText("").equals(URL_CITATION)
                || !cited.path("url").isTextual()) {
            return new Citation.Opaque(OpenAiChatCodec.DIALECT, JsonTree.raw(annotation));
        }
        return new Citation.Web(
                cited.path("url").textValue(),
                text(cited.path("title")),
                text(cited.path("content")),
                span(cited.path("start_index"), cited.path("end_index"), offset),
                null);
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }

    /** An empty range means nothing: some providers write 0 to 0 for what they do not know. */
    private static Citation.@Nullable Range span(JsonNode start, JsonNode end, long offset) {
        if (!start.canConvertToLong() || !end.canConvertToLong()) {
            return null;
        }
        long from = start.longValue() - offset;
        long to = end.longValue() - offset;
        return from < 0 || to <= from ? null : new Citation.Range(from, to);
    }

    /**
     * Writes a citation; null if Chat has no form for it.
     *
     * @param offset where the text block begins in the message
     * @param length how long it is, for a citation of the whole block
     */
    static @Nullable JsonNode write(Citation citation, long offset, long length) {
        if (citation instanceof Citation.Web web) {
            ObjectNode node = JsonTree.NODES.objectNode();
            node.put("type", URL_CITATION);
            ObjectNode inner = node.putObject(URL_CITATION);
            Citation.Range span = web.span() == null ? new Citation.Range(0, length) : web.span();
            inner.put("start_index", offset + span.from());
            inner.put("end_index", offset + span.to());
            inner.put("title", web.title() == null ? "" : web.title());
            inner.put("url", web.url());
            if (web.citedText() != null) {
                inner.put("content", web.citedText());
            }
            return node;
        }
        return citation instanceof Citation.Opaque opaque && opaque.dialect().equals(OpenAiChatCodec.DIALECT)
                ? JsonTree.leaf(opaque.json())
                : null;
    }
}
