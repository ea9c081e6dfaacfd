package dev.serai.dialect;

import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * About how many tokens of input a conversation has, where nobody counts them. The same conversation always gives the same number;
 * {@code docs/choosing-a-model.md} states the rules and how far off they are. Nothing is fetched, and nothing asked.
 */
public final class TokenEstimate implements Content.Visitor<Long> {
    private static final long PER_MESSAGE = 4;
    private static final long PER_ANSWER = 3;
    private static final long PER_TOOL = 8;
    /** What Anthropic puts before the tools: 290 to 350 for most of its models. */
    private static final long TOOLS_OF_CLAUDE = 340;

    private static final int LARGEST_SIDE = 1_568;
    private static final long PIXELS_PER_TOKEN = 750;
    /** Of a picture at the size to which the larger ones are made smaller. */
    private static final long UNKNOWN_PICTURE = 1_600;

    private static final long COARSE_PICTURE = 85;
    private static final long PER_PAGE = 2_000;
    private static final long BYTES_OF_SOUND_PER_TOKEN = 500;
    /** Enough for the head of a picture, metadata included. */
    private static final int HEAD_CHARACTERS = 128 << 10;

    private TokenEstimate() {}

    /** @return at least 1 */
    public static long of(ChatRequest request) {
        TokenEstimate estimate = new TokenEstimate();
        long tokens = PER_ANSWER;
        for (Message message : request.messages()) {
            tokens += PER_MESSAGE + estimate.all(message.contents());
        }
        for (Tool tool : request.tools()) {
            tokens += PER_TOOL + tool(tool);
        }
        if (!request.tools().isEmpty()
                && request.model().toLowerCase(Locale.ROOT).contains("claude")) {
            tokens += TOOLS_OF_CLAUDE;
        }
        if (request.output().format() instanceof OutputFormat.JsonSchema schema) {
            tokens += json(schema.schema());
        }
        return tokens;
    }

    /** Of an answer, all its choices together. */
    static long of(ChatReply reply) {
        TokenEstimate estimate = new TokenEstimate();
        return reply.choices().stream()
                .mapToLong(choice -> estimate.all(choice.contents()))
                .sum();
    }

    private long all(List<Content> contents) {
        long tokens = 0;
        for (Content content : contents) {
            tokens += content.accept(this);
        }
        return tokens;
    }

    private static long tool(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return TextTokens.of(function.name())
                    + (function.description() == null ? 0 : TextTokens.of(function.description()))
                    + (function.parameters() == null ? 0 : json(function.parameters()));
        }
        if (tool instanceof Tool.Custom custom) {
            return TextTokens.of(custom.name())
                    + (custom.description() == null ? 0 : TextTokens.of(custom.description()))
                    + (custom.format() == null ? 0 : json(custom.format()));
        }
        return json(((Tool.BuiltIn) tool).json());
    }

    /** Providers tell a model of a schema in fewer words than JSON takes. */
    private static long json(RawJson json) {
        return TextTokens.of(json.text()) * 3 / 4;
    }

    @Override
    public Long text(Content.Text text) {
        return TextTokens.of(text.text());
    }

    @Override
    public Long image(Content.Image image) {
        if (image.detail() == Content.Detail.LOW) {
            return COARSE_PICTURE;
        }
        if (!(image.source() instanceof Source.Base64 held)) {
            return UNKNOWN_PICTURE;
        }
        PictureSize size = PictureSize.of(decoded(held.data(), HEAD_CHARACTERS));
        return size == null ? UNKNOWN_PICTURE : pixels(size);
    }

    /** Larger pictures are made smaller before a model sees them. */
    private static long pixels(PictureSize size) {
        double shrunk = Math.min(1, LARGEST_SIDE / (double) Math.max(size.width(), size.height()));
        double tokens = size.width() * shrunk * size.height() * shrunk / PIXELS_PER_TOKEN;
        return Math.max(1, Math.min(UNKNOWN_PICTURE, Math.round(tokens)));
    }

    @Override
    public Long document(Content.Document document) {
        long tokens = (document.title() == null ? 0 : TextTokens.of(document.title()))
                + (document.context() == null ? 0 : TextTokens.of(document.context()));
        Source source = document.source();
        if (source instanceof Source.PlainText plain) {
            return tokens + TextTokens.of(plain.text());
        }
        if (source instanceof Source.Parts parts) {
            return tokens + all(parts.contents());
        }
        return tokens + (source instanceof Source.Base64 held ? file(held) : PER_PAGE);
    }

    private static long file(Source.Base64 file) {
        byte[] bytes = decoded(file.data(), Integer.MAX_VALUE);
        String type = file.mediaType() == null ? "" : file.mediaType();
        return type.startsWith("text/") || type.startsWith("application/json")
                ? TextTokens.of(new String(bytes, StandardCharsets.UTF_8))
                : PER_PAGE * Math.max(1, pages(bytes));
    }

    /** Of a PDF, as far as they are named in it and not packed. */
    private static long pages(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        long pages = 0;
        for (int at = text.indexOf("/Type"); at >= 0; at = text.indexOf("/Type", at + 5)) {
            int name = at + 5;
            while (name < text.length() && Character.isWhitespace(text.charAt(name))) {
                name++;
            }
            boolean page = text.startsWith("/Page", name);
            pages += page && !text.startsWith("/Pages", name) ? 1 : 0;
        }
        return pages;
    }

    /** As much as can be decoded of the first so many characters. */
    private static byte[] decoded(String base64, int characters) {
        int length = Math.min(base64.length(), characters);
        try {
            return Base64.getMimeDecoder().decode(base64.substring(0, length - length % 4));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    @Override
    public Long audio(Content.Audio audio) {
        long bytes = audio.source() instanceof Source.Base64 held ? held.data().length() * 3L / 4 : 0;
        return bytes / BYTES_OF_SOUND_PER_TOKEN + (audio.transcript() == null ? 0 : TextTokens.of(audio.transcript()));
    }

    @Override
    public Long toolCall(Content.ToolCall call) {
        return PER_TOOL + TextTokens.of(call.name()) + TextTokens.of(call.arguments());
    }

    @Override
    public Long toolResult(Content.ToolResult result) {
        return PER_TOOL + all(result.contents());
    }

    @Override
    public Long thinking(Content.Thinking thinking) {
        return TextTokens.of(thinking.text());
    }

    /** What only its model can read is not counted again. */
    @Override
    public Long redactedThinking(Content.RedactedThinking thinking) {
        return 0L;
    }

    @Override
    public Long refusal(Content.Refusal refusal) {
        return TextTokens.of(refusal.text());
    }

    @Override
    public Long opaque(Content.Opaque opaque) {
        return json(opaque.json());
    }
}
