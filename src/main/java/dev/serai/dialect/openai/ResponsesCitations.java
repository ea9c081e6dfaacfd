package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The {@code annotations} of a text. Their positions count characters, which are taken for code points: the recordings do not tell them
 * from UTF-16 units.
 */
final class ResponsesCitations {
    private ResponsesCitations() {}

    static Citation read(JsonNode annotation) {
        return switch (annotation.path("type").asText()) {
            case "url_citation" ->
                new Citation.Web(
                        annotation.path("url").asText(),
                        nonEmpty(annotation, "title"),
                        null,
                        range(annotation.path("start_index"), annotation.path("end_index")),
                        null);
            case "file_citation" ->
                new Citation.OfDocument(
                        null,
                        nonEmpty(annotation, "file_id"),
                        nonEmpty(annotation, "filename"),
                        null,
                        null,
                        null,
                        range(annotation.path("index"), annotation.path("index")));
            default -> new Citation.Opaque(OpenAiResponsesCodec.ID, JsonTree.raw(annotation));
        };
    }

    private static @Nullable String nonEmpty(JsonNode node, String name) {
        String text = node.path(name).textValue();
        return text == null || text.isEmpty() ? null : text;
    }

    private static Citation.@Nullable Range range(JsonNode from, JsonNode to) {
        if (!from.canConvertToLong() || !to.canConvertToLong()) {
            return null;
        }
        long first = from.asLong();
        long behind = to.asLong();
        return first < 0 || behind < first ? null : new Citation.Range(first, behind);
    }

    /**
     * The annotation that says the same, as far as it can.
     *
     * @param textLength of the text that is cited for, so far, in code points
     * @return null if nothing can be said; that is named
     */
    static @Nullable JsonNode write(Citation citation, long textLength, Collection<Dropped> dropped) {
        if (citation instanceof Citation.Web web) {
            return web(web, textLength, dropped);
        }
        if (citation instanceof Citation.OfDocument document) {
            return document(document, textLength, dropped);
        }
        Citation.Opaque opaque = (Citation.Opaque) citation;
        if (opaque.dialect().equals(OpenAiResponsesCodec.ID)) {
            return JsonTree.leaf(opaque.json());
        }
        dropped.add(Dropped.of(Feature.CITATIONS, "a citation that only " + opaque.dialect() + " knows"));
        return null;
    }

    private static ObjectNode web(Citation.Web web, long textLength, Collection<Dropped> dropped) {
        if (web.citedText() != null || web.token() != null) {
            dropped.add(Dropped.of(Feature.CITATIONS, "responses have no place for the words that are cited"));
        }
        Citation.Range span = web.span() == null ? new Citation.Range(0, textLength) : web.span();
        return JsonTree.NODES
                .objectNode()
                .put("type", "url_citation")
                .put("url", web.url())
                .put("title", web.title() == null ? "" : web.title())
                .put("start_index", span.from())
                .put("end_index", span.to());
    }

    private static ObjectNode document(Citation.OfDocument document, long textLength, Collection<Dropped> dropped) {
        if (document.document() != null || document.citedText() != null || document.place() != null) {
            dropped.add(Dropped.of(
                    Feature.CITATIONS, "responses have no place for where in a document a citation is from"));
        }
        return JsonTree.NODES
                .objectNode()
                .put("type", "file_citation")
                .put("file_id", document.fileId() == null ? "" : document.fileId())
                .put("filename", document.title() == null ? "" : document.title())
                .put(
                        "index",
                        document.span() == null ? textLength : document.span().to());
    }
}
