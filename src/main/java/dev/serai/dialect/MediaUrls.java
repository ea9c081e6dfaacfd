package dev.serai.dialect;

import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The URLs of a conversation: to find those whose bytes a provider must be sent, and to put the bytes in their place. */
final class MediaUrls {
    private MediaUrls() {}

    /** Those of http and https that {@code wanted} is true of; each once. */
    static List<MediaUrl> in(ChatRequest request, Predicate<Content> wanted) {
        Set<MediaUrl> found = new LinkedHashSet<>(2);
        for (Message message : request.messages()) {
            collect(message.contents(), wanted, found);
        }
        return List.copyOf(found);
    }

    private static void collect(List<Content> contents, Predicate<Content> wanted, Set<MediaUrl> found) {
        for (Content content : contents) {
            if (content instanceof Content.ToolResult result) {
                collect(result.contents(), wanted, found);
            } else if (content instanceof Content.Document document
                    && document.source() instanceof Source.Parts parts) {
                collect(parts.contents(), wanted, found);
            } else {
                MediaUrl url = of(content);
                if (url != null && wanted.test(content)) {
                    found.add(url);
                }
            }
        }
    }

    /** Null if the content is no medium, or not named by a URL that can be fetched. */
    private static @Nullable MediaUrl of(Content content) {
        Source source = source(content);
        return source instanceof Source.Url url && isFetchable(url.url())
                ? new MediaUrl(url.url(), sort(content, url))
                : null;
    }

    private static @Nullable Source source(Content content) {
        if (content instanceof Content.Image image) {
            return image.source();
        }
        if (content instanceof Content.Document document) {
            return document.source();
        }
        return content instanceof Content.Audio audio ? audio.source() : null;
    }

    private static boolean isFetchable(String url) {
        return url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7);
    }

    private static MediaUrl.Sort sort(Content content, Source.Url url) {
        if (content instanceof Content.Image) {
            return MediaUrl.Sort.IMAGE;
        }
        if (content instanceof Content.Audio) {
            return MediaUrl.Sort.AUDIO;
        }
        boolean film = url.mediaType() != null && url.mediaType().regionMatches(true, 0, "video/", 0, 6);
        return film ? MediaUrl.Sort.VIDEO : MediaUrl.Sort.DOCUMENT;
    }

    /** The same conversation with bytes in the place of the URLs that were fetched. */
    static ChatRequest replaced(ChatRequest request, Map<MediaUrl, Source.Base64> fetched) {
        List<Message> messages = new ArrayList<>(request.messages().size());
        for (Message message : request.messages()) {
            messages.add(new Message(message.role(), all(message.contents(), fetched), message.name()));
        }
        return request.toBuilder().messages(messages).build();
    }

    private static List<Content> all(List<Content> contents, Map<MediaUrl, Source.Base64> fetched) {
        return contents.stream().map(content -> one(content, fetched)).toList();
    }

    private static Content one(Content content, Map<MediaUrl, Source.Base64> fetched) {
        if (content instanceof Content.ToolResult result) {
            return new Content.ToolResult(
                    result.callId(), result.name(), all(result.contents(), fetched), result.isError(), result.cache());
        }
        if (content instanceof Content.Document document && document.source() instanceof Source.Parts parts) {
            return document(document, new Source.Parts(all(parts.contents(), fetched)));
        }
        MediaUrl url = of(content);
        Source.Base64 bytes = url == null ? null : fetched.get(url);
        return bytes == null ? content : with(content, bytes);
    }

    private static Content with(Content content, Source.Base64 bytes) {
        if (content instanceof Content.Image image) {
            return new Content.Image(bytes, image.detail(), image.cache(), image.signature());
        }
        return content instanceof Content.Audio audio
                ? new Content.Audio(bytes, audio.transcript(), audio.id())
                : document((Content.Document) content, bytes);
    }

    private static Content document(Content.Document document, Source source) {
        return new Content.Document(
                source, document.title(), document.context(), document.citations(), document.cache());
    }
}
