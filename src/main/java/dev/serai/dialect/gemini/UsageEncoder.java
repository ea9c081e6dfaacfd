package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import org.jspecify.annotations.Nullable;

/** {@code usageMetadata}, counted as Google counts: see {@link GeminiUsage}. */
final class UsageEncoder {
    private UsageEncoder() {}

    /** Null if there is nothing to state. */
    static @Nullable ObjectNode encode(Usage usage, @Nullable ServiceTier tier) {
        ObjectNode stated = Json.object();
        if (!usage.equals(Usage.NONE)) {
            count(usage, stated);
        }
        String word = tier == null ? null : ServiceTiers.encode(tier);
        if (word != null) {
            stated.put("serviceTier", word);
        }
        return stated.isEmpty() ? null : stated;
    }

    private static void count(Usage usage, ObjectNode stated) {
        long visible = usage.output() + usage.outputAudio() + usage.outputImage();
        stated.put("promptTokenCount", usage.totalInput());
        stated.put("candidatesTokenCount", visible);
        stated.put("totalTokenCount", usage.totalInput() + usage.totalOutput());
        if (usage.cacheRead() > 0) {
            stated.put("cachedContentTokenCount", usage.cacheRead());
        }
        if (usage.reasoning() > 0) {
            stated.put("thoughtsTokenCount", usage.reasoning());
        }
        if (usage.inputAudio() + usage.inputImage() > 0) {
            details(stated.putArray("promptTokensDetails"), usage.totalInput(), usage.inputAudio(), usage.inputImage());
        }
        if (usage.outputAudio() + usage.outputImage() > 0) {
            details(stated.putArray("candidatesTokensDetails"), visible, usage.outputAudio(), usage.outputImage());
        }
    }

    private static void details(ArrayNode details, long total, long audio, long image) {
        details.addObject().put("modality", "TEXT").put("tokenCount", total - audio - image);
        if (audio > 0) {
            details.addObject().put("modality", "AUDIO").put("tokenCount", audio);
        }
        if (image > 0) {
            details.addObject().put("modality", "IMAGE").put("tokenCount", image);
        }
    }
}
