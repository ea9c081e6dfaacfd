package dev.serai.dialect.anthropic;

import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Source;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads images, documents and search results: blocks that have a source. */
final class SourceDecoder {
    private final BlockDecoder blocks;
    private final List<Extra> extras;

    SourceDecoder(BlockDecoder blocks, List<Extra> extras) {
        this.blocks = blocks;
        this.extras = extras;
    }

    /** Null if its source is of a type that is not known. */
    @Nullable
    Content image(JsonMembers block) throws CodecException {
        Source source = source(block);
        return source == null ? null : new Content.Image(source, null, CacheMarks.read(block, extras), null);
    }

    /** Null if its source is of a type that is not known. */
    @Nullable
    Content document(JsonMembers block) throws CodecException {
        Source source = source(block);
        if (source == null) {
            return null;
        }
        String title = block.text("title");
        String context = block.text("context");
        return new Content.Document(source, title, context, citations(block), mark(block));
    }

    /** A document whose context is where it was found; an extra says that it is a search result. */
    Content searchResult(JsonMembers block) throws CodecException {
        List<Content> parts = blocks.parts(block.any("content"), block.at("content"));
        String found = block.requiredText("source");
        extras.add(new Extra(AnthropicMessagesCodec.DIALECT, block.at("type"), new RawJson("\"search_result\"")));
        return new Content.Document(new Source.Parts(parts), block.text("title"), found, citations(block), mark(block));
    }

    private @Nullable CacheMark mark(JsonMembers block) throws CodecException {
        return CacheMarks.read(block, extras);
    }

    private @Nullable Boolean citations(JsonMembers block) throws CodecException {
        JsonMembers citations = block.object("citations");
        if (citations == null) {
            return null;
        }
        Boolean enabled = citations.flag("enabled");
        citations.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return enabled;
    }

    private @Nullable Source source(JsonMembers block) throws CodecException {
        JsonMembers source = block.object("source");
        if (source == null) {
            throw Json.wrong(block, "source", "is required");
        }
        Source read =
                switch (source.requiredText("type")) {
                    case "base64" -> new Source.Base64(source.text("media_type"), source.requiredText("data"));
                    case "url" -> new Source.Url(source.requiredText("url"), null);
                    case "file" -> new Source.FileId(AnthropicMessagesCodec.DIALECT, source.requiredText("file_id"));
                    case "text" -> plainText(source);
                    case "content" -> new Source.Parts(blocks.parts(source.any("content"), source.at("content")));
                    default -> null;
                };
        if (read != null) {
            source.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        }
        return read;
    }

    private static Source plainText(JsonMembers source) throws CodecException {
        if (!"text/plain".equals(source.text("media_type"))) {
            source.leave("media_type");
        }
        return new Source.PlainText(source.requiredText("data"));
    }
}
