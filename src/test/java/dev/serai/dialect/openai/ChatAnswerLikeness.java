package dev.serai.dialect.openai;

import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * What Chat can say of an answer: the words, joined, because a message has one text, one thinking and one refusal; the calls in order;
 * the pages that are cited, without their places; why it ended; and what it used, without how long a cache lasts. Two answers that are alike
 * in this say the same in Chat.
 */
record ChatAnswerLikeness(
        String id, String model, Long created, List<OfChoice> choices, Usage usage, ServiceTier serviceTier) {

    record OfChoice(
            int index,
            String text,
            String thinking,
            String refusal,
            List<Call> calls,
            List<String> pages,
            FinishReason reason,
            String stopSequence,
            Logprobs logprobs) {}

    record Call(String id, String name, Tool.Kind kind, String arguments) {}

    /** @param createdOtherwise what the encoder writes if the answer does not say it */
    static ChatAnswerLikeness of(ChatReply reply, long createdOtherwise) {
        Usage used = reply.usage();
        return new ChatAnswerLikeness(
                reply.id(),
                reply.model(),
                reply.createdEpochSeconds() == null ? createdOtherwise : reply.createdEpochSeconds(),
                reply.choices().stream().map(ChatAnswerLikeness::of).toList(),
                new Usage(
                                used.input(),
                                used.cacheRead(),
                                used.cacheWrite5m() + used.cacheWrite1h(),
                                0,
                                used.inputAudio(),
                                used.output(),
                                used.reasoning(),
                                used.outputAudio())
                        .withImages(used.inputImage(), used.outputImage()),
                reply.serviceTier() == ServiceTier.BATCH ? null : reply.serviceTier());
    }

    private static OfChoice of(Choice choice) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        List<Call> calls = new ArrayList<>();
        List<String> pages = new ArrayList<>();
        for (Content content : choice.contents()) {
            if (content instanceof Content.Text said) {
                text.append(said.text());
                said.citations().forEach(citation -> addPage(citation, pages));
            } else if (content instanceof Content.Thinking thought) {
                thinking.append(thought.text());
            } else if (content instanceof Content.Refusal words) {
                refusal.append(words.text());
            } else if (content instanceof Content.ToolCall call) {
                boolean function = call.kind() == Tool.Kind.FUNCTION;
                calls.add(new Call(
                        call.id(), call.name(), call.kind(), function ? call.argumentsOrEmpty() : call.arguments()));
            }
        }
        return new OfChoice(
                choice.index(),
                text.toString(),
                thinking.toString(),
                refusal.toString(),
                calls,
                pages,
                reason(choice.finishReason(), !calls.isEmpty(), !refusal.isEmpty()),
                choice.stopSequence(),
                choice.logprobs());
    }

    private static void addPage(Citation citation, List<String> pages) {
        if (citation instanceof Citation.Web web) {
            pages.add(web.url() + " " + web.title() + " " + web.citedText());
        } else if (citation instanceof Citation.Opaque own && own.dialect().equals("openai-chat")) {
            pages.add(own.json().text());
        }
    }

    /** Written down anew, as a table of what Chat's five words leave of the reasons. */
    private static FinishReason reason(FinishReason reason, boolean calls, boolean refused) {
        return switch (reason) {
            case STOP, PAUSED, OTHER, MALFORMED_TOOL_CALL ->
                calls ? FinishReason.TOOL_CALLS : refused ? FinishReason.REFUSAL : FinishReason.STOP;
            case REFUSAL ->
                calls ? FinishReason.TOOL_CALLS : refused ? FinishReason.REFUSAL : FinishReason.CONTENT_FILTER;
            case MAX_TOKENS, CONTEXT_FULL -> FinishReason.MAX_TOKENS;
            case TOOL_CALLS, STOP_SEQUENCE, CONTENT_FILTER -> reason;
        };
    }
}
