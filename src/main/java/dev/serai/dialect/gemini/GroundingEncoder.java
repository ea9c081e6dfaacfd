package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Citation.Range;
import dev.serai.dialect.Feature;
import org.jspecify.annotations.Nullable;

/** Citations of texts as {@code groundingMetadata}: one chunk and one support for each. Not thread-safe. */
final class GroundingEncoder {
    private final Drops drops;
    private final ArrayNode chunks = Json.array();
    private final ArrayNode supports = Json.array();

    GroundingEncoder(Drops drops) {
        this.drops = drops;
    }

    void add(Citation citation, BlockText text) {
        if (citation instanceof Citation.Web web) {
            drops.addIf(web.token() != null, Feature.CITATIONS, "Gemini has no place for a provider's own mark");
            ObjectNode page = titled(Json.object().put("uri", web.url()), web.title(), web.citedText());
            add(page, web.citedText() == null ? "web" : "retrievedContext", web.span(), text);
        } else if (citation instanceof Citation.OfDocument document) {
            boolean placed = document.place() != null || document.document() != null || document.fileId() != null;
            drops.addIf(placed, Feature.CITATIONS, "Gemini does not say where in a document");
            ObjectNode words = titled(Json.object(), document.title(), document.citedText());
            add(words, "retrievedContext", document.span(), text);
        } else {
            drops.add(Feature.CITATIONS, "a citation that only another dialect knows");
        }
    }

    private static ObjectNode titled(ObjectNode source, @Nullable String title, @Nullable String words) {
        if (title != null) {
            source.put("title", title);
        }
        return words == null ? source : source.put("text", words);
    }

    private void add(ObjectNode source, String kind, @Nullable Range span, BlockText text) {
        ObjectNode support = supports.addObject();
        support.set("segment", span == null ? Json.object().put("partIndex", text.part()) : text.segment(span));
        support.putArray("groundingChunkIndices").add(chunks.size());
        chunks.add(PartEncoder.wrapped(kind, source));
    }

    /** Null if nothing was cited. */
    @Nullable
    ObjectNode metadata() {
        if (chunks.isEmpty()) {
            return null;
        }
        ObjectNode metadata = Json.object();
        metadata.set("groundingChunks", chunks);
        metadata.set("groundingSupports", supports);
        return metadata;
    }
}
