package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.dialect.JsonTree;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Citations, read and written. What does not fit the neutral form without loss stays {@link Citation.Opaque}. Texts that Anthropic
 * demands and the neutral form does not have are empty.
 */
final class Citations {
    private static final String WEB = "web_search_result_location";
    private static final String CHARACTERS = "char_location";
    private static final String PAGES = "page_location";
    private static final String BLOCKS = "content_block_location";

    /** How a location names the ends of a place, and from where it counts. */
    private record Places(String type, Citation.Unit unit, String from, String to, int first) {
        static final Places OF_CHARACTERS =
                new Places(CHARACTERS, Citation.Unit.CHARACTERS, "start_char_index", "end_char_index", 0);
        static final Places OF_PAGES =
                new Places(PAGES, Citation.Unit.PAGES, "start_page_number", "end_page_number", 1);
        static final Places OF_BLOCKS =
                new Places(BLOCKS, Citation.Unit.BLOCKS, "start_block_index", "end_block_index", 0);

        static Places of(Citation.Unit unit) {
            return switch (unit) {
                case CHARACTERS -> OF_CHARACTERS;
                case PAGES -> OF_PAGES;
                case BLOCKS -> OF_BLOCKS;
            };
        }
    }

    private Citations() {}

    static Citation read(ObjectNode json) {
        Citation citation =
                switch (json.path("type").asText()) {
                    case WEB -> web(json);
                    case CHARACTERS -> ofDocument(json, Places.OF_CHARACTERS);
                    case PAGES -> ofDocument(json, Places.OF_PAGES);
                    case BLOCKS -> ofDocument(json, Places.OF_BLOCKS);
                    default -> null;
                };
        return citation == null ? new Citation.Opaque(AnthropicMessagesCodec.DIALECT, JsonTree.raw(json)) : citation;
    }

    private static @Nullable Citation web(ObjectNode json) {
        if (!json.path("url").isTextual()
                || !hasOnly(json, Set.of("type", "url", "title", "cited_text", "encrypted_index"))) {
            return null;
        }
        return new Citation.Web(
                json.path("url").textValue(),
                said(json, "title"),
                said(json, "cited_text"),
                null,
                said(json, "encrypted_index"));
    }

    private static @Nullable Citation ofDocument(ObjectNode json, Places places) {
        JsonNode document = json.path("document_index");
        JsonNode from = json.path(places.from);
        JsonNode to = json.path(places.to);
        Set<String> known =
                Set.of("type", "document_index", "document_title", "file_id", "cited_text", places.from, places.to);
        if (!hasOnly(json, known)
                || !document.isInt()
                || document.intValue() < 0
                || !from.canConvertToInt()
                || !to.canConvertToInt()
                || from.intValue() < places.first
                || to.intValue() < from.intValue()) {
            return null;
        }
        Citation.Range place = new Citation.Range(from.longValue() - places.first, to.longValue() - places.first);
        return new Citation.OfDocument(
                document.intValue(),
                said(json, "file_id"),
                said(json, "document_title"),
                said(json, "cited_text"),
                places.unit,
                place,
                null);
    }

    private static boolean hasOnly(ObjectNode json, Set<String> names) {
        for (Iterator<String> name = json.fieldNames(); name.hasNext(); ) {
            if (!names.contains(name.next())) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String said(ObjectNode json, String name) {
        String text = json.path(name).textValue();
        return text == null || text.isEmpty() ? null : text;
    }

    /** For a client, who gets an empty {@code encrypted_index} where there is none; null if it cannot be said. */
    static @Nullable JsonNode writeForClient(Citation citation) {
        return write(citation, true);
    }

    /** For a provider, who wants to see its own {@code encrypted_index} again; null if it cannot be said. */
    static @Nullable JsonNode writeForProvider(Citation citation) {
        if (citation instanceof Citation.Web web && web.token() == null) {
            return null;
        }
        return write(citation, false);
    }

    private static @Nullable JsonNode write(Citation citation, boolean forClient) {
        if (citation instanceof Citation.Web web) {
            return Json.ofType(WEB)
                    .put("url", web.url())
                    .put("title", web.title())
                    .put("cited_text", orEmpty(web.citedText()))
                    .put("encrypted_index", orEmpty(web.token()));
        }
        if (citation instanceof Citation.OfDocument cited) {
            return write(cited, forClient);
        }
        Citation.Opaque opaque = (Citation.Opaque) citation;
        return opaque.dialect().equals(AnthropicMessagesCodec.DIALECT) ? JsonTree.leaf(opaque.json()) : null;
    }

    private static @Nullable JsonNode write(Citation.OfDocument cited, boolean forClient) {
        if (cited.document() == null || cited.unit() == null || cited.place() == null) {
            return null;
        }
        Places places = Places.of(cited.unit());
        ObjectNode json = Json.ofType(places.type)
                .put("document_index", cited.document())
                .put("document_title", cited.title())
                .put("cited_text", orEmpty(cited.citedText()))
                .put(places.from, cited.place().from() + places.first)
                .put(places.to, cited.place().to() + places.first);
        return forClient ? json.put("file_id", cited.fileId()) : json;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
