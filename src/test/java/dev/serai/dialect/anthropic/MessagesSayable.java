package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CustomToolInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What of any content is left when it was said in Messages and read again: the limits of the dialect, written down. */
final class MessagesSayable {
    static final String ID = AnthropicMessagesCodec.DIALECT;

    private MessagesSayable() {}

    /** The arbitraries' opaque parts have no type, which those of Messages always have. */
    static List<Content> typed(List<Content> contents) {
        return contents.stream().map(MessagesSayable::typed).toList();
    }

    private static Content typed(Content content) {
        if (!(content instanceof Content.Opaque opaque) || !opaque.dialect().equals(ID)) {
            return content;
        }
        ObjectNode json = ((ObjectNode) Wire.tree(opaque.json().text())).put("type", "x_" + opaque.kind());
        return new Content.Opaque(ID, "x_" + opaque.kind(), new RawJson(json.toString()));
    }

    /** Those of this dialect, each name once. */
    static List<Extra> extras(List<Extra> extras) {
        Set<String> names = new HashSet<>();
        return extras.stream()
                .filter(extra -> extra.dialect().equals(ID) && names.add(extra.name()))
                .toList();
    }

    /** What a user says, or a tool. */
    static List<Content> ofUser(List<Content> contents) {
        List<Content> left = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.ToolResult result) {
                List<Content> parts = ofUser(result.contents());
                left.add(new Content.ToolResult(result.callId(), null, parts, result.isError(), result.cache()));
            } else if (content instanceof Content.Image image) {
                Source source = source(image.source());
                addIf(source, () -> new Content.Image(source, null, image.cache(), null), left);
            } else if (content instanceof Content.Document document) {
                Source source = source(document.source());
                addIf(
                        source,
                        () -> new Content.Document(
                                source, document.title(), document.context(), document.citations(), document.cache()),
                        left);
            } else {
                words(content, left);
            }
        }
        return left;
    }

    private static void addIf(@Nullable Object wanted, Supplier<Content> content, List<Content> left) {
        if (wanted != null) {
            left.add(content.get());
        }
    }

    private static void words(Content content, List<Content> left) {
        if (content instanceof Content.Text text && !text.text().isBlank()) {
            left.add(new Content.Text(text.text(), citations(text.citations(), false), text.cache(), null));
        } else if (content instanceof Content.Refusal refusal && !refusal.text().isBlank()) {
            left.add(new Content.Text(refusal.text()));
        } else if (content instanceof Content.Opaque opaque && opaque.dialect().equals(ID)) {
            left.add(opaque);
        }
    }

    private static @Nullable Source source(Source source) {
        if (source instanceof Source.Url url) {
            return new Source.Url(url.url(), null);
        }
        if (source instanceof Source.Parts parts) {
            List<Content> left = ofUser(parts.contents());
            return left.isEmpty() ? null : new Source.Parts(left);
        }
        return source instanceof Source.FileId file && !file.dialect().equals(ID) ? null : source;
    }

    /** What the assistant said, sent to a model that made the signatures of {@code model}. */
    static List<Content> ofAssistant(List<Content> contents, String model) {
        List<Content> left = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.ToolCall call) {
                left.add(new Content.ToolCall(
                        call.id(), call.name(), Tool.Kind.FUNCTION, arguments(call), call.cache(), null));
            } else if (content instanceof Content.Thinking thinking) {
                Signature signature = thinking.signature();
                if (signature != null && signature.isFor(ID, model)) {
                    left.add(new Content.Thinking(thinking.text(), new Signature(signature.text(), ID, null)));
                }
            } else if (content instanceof Content.RedactedThinking thinking) {
                if (thinking.signature().isFor(ID, model)) {
                    left.add(new Content.RedactedThinking(
                            new Signature(thinking.signature().text(), ID, null)));
                }
            } else {
                words(content, left);
            }
        }
        return left;
    }

    private static String arguments(Content.ToolCall call) {
        if (call.kind() == Tool.Kind.CUSTOM) {
            return CustomToolInput.pack(call.arguments());
        }
        return Json.isObject(call.argumentsOrEmpty())
                ? call.argumentsOrEmpty()
                : Json.object().put("arguments", call.arguments()).toString();
    }

    /**
     * What a model says in a reply that its client reads.
     *
     * @param streamed whether arguments stay what the model wrote, and a text may consist of citations alone
     */
    static List<Content> ofReply(List<Content> contents, boolean streamed) {
        List<Content> left = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Text text) {
                List<Citation> citations = citations(text.citations(), true);
                if (!text.text().isEmpty() || (streamed && !citations.isEmpty())) {
                    left.add(new Content.Text(text.text(), citations, null, null));
                }
            } else if (content instanceof Content.ToolCall call) {
                boolean asWritten = streamed && call.kind() == Tool.Kind.FUNCTION;
                String arguments = asWritten ? call.arguments() : arguments(call);
                left.add(new Content.ToolCall(call.id(), call.name(), arguments));
                if (call.signature() != null) {
                    left.add(carrier(call.id(), call.signature()));
                }
            } else if (content instanceof Content.Thinking thinking) {
                if (!thinking.text().isEmpty() || thinking.signature() != null) {
                    left.add(new Content.Thinking(thinking.text(), signature(thinking.signature())));
                }
            } else if (content instanceof Content.RedactedThinking thinking) {
                left.add(new Content.RedactedThinking(Objects.requireNonNull(signature(thinking.signature()))));
            } else if (content instanceof Content.Refusal refusal
                    && !refusal.text().isEmpty()) {
                left.add(new Content.Text(refusal.text()));
            } else if (content instanceof Content.Opaque opaque
                    && opaque.dialect().equals(ID)) {
                left.add(opaque);
            }
        }
        return left;
    }

    private static Content carrier(String callId, Signature signed) {
        String itemId = signed.itemId() == null ? "" : signed.itemId();
        return new Content.RedactedThinking(new Signature(
                signed.text(),
                signed.dialect(),
                signed.dialect().equals(ID) && signed.model() == null ? Wire.MODEL : signed.model(),
                "tool_use:" + callId.length() + ":" + callId + itemId));
    }

    /** A reply's own signatures belong to the model that was asked. */
    private static @Nullable Signature signature(@Nullable Signature signature) {
        if (signature == null || !signature.dialect().equals(ID)) {
            return signature;
        }
        boolean stays = signature.itemId() != null && signature.model() != null;
        return stays ? signature : new Signature(signature.text(), ID, Wire.MODEL, signature.itemId());
    }

    private static List<Citation> citations(List<Citation> citations, boolean forClient) {
        List<Citation> left = new ArrayList<>();
        for (Citation citation : citations) {
            if (citation instanceof Citation.Web web) {
                if (forClient || web.token() != null) {
                    left.add(new Citation.Web(web.url(), web.title(), web.citedText(), null, web.token()));
                }
            } else if (citation instanceof Citation.OfDocument document) {
                if (document.document() != null && document.place() != null) {
                    left.add(new Citation.OfDocument(
                            document.document(),
                            forClient ? document.fileId() : null,
                            document.title(),
                            document.citedText(),
                            document.unit(),
                            document.place(),
                            null));
                }
            } else if (((Citation.Opaque) citation).dialect().equals(ID)) {
                left.add(citation);
            }
        }
        return left;
    }
}
