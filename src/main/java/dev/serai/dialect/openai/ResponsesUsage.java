package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import dev.serai.dialect.JsonTree;

/** {@code usage}: totals, whose details are parts of them. */
final class ResponsesUsage {
    private ResponsesUsage() {}

    /** What is missing, null or of another type counts as zero. */
    static Usage read(JsonNode usage, UsageTotals totals) {
        JsonNode inputDetails = usage.path("input_tokens_details");
        JsonNode outputDetails = usage.path("output_tokens_details");
        long read = count(inputDetails, "cached_tokens");
        long written = count(inputDetails, "cache_write_tokens");
        long reasoning = count(outputDetails, "reasoning_tokens");
        TokenSplit input = TokenSplit.of(count(usage, "input_tokens")
                + (totals.inputIncludesCacheReads() ? 0 : read)
                + (totals.inputIncludesCacheWrites() ? 0 : written));
        TokenSplit output =
                TokenSplit.of(count(usage, "output_tokens") + (totals.outputIncludesReasoning() ? 0 : reasoning));
        long cacheRead = input.take(read);
        long cacheWrite = input.take(written);
        long inputAudio = input.take(count(inputDetails, "audio_tokens"));
        long thought = output.take(reasoning);
        long outputAudio = output.take(count(outputDetails, "audio_tokens"));
        long inputImage = input.take(count(inputDetails, "image_tokens"));
        long outputImage = output.take(count(outputDetails, "image_tokens"));
        return new Usage(input.rest(), cacheRead, cacheWrite, 0, inputAudio, output.rest(), thought, outputAudio)
                .withImages(inputImage, outputImage);
    }

    private static long count(JsonNode node, String name) {
        JsonNode count = node.path(name);
        boolean isCount = count.isIntegralNumber() && count.canConvertToLong();
        return isCount ? Usage.count(count.longValue()) : 0;
    }

    /**
     * All details that the dialect knows, zeros included: official clients insist on them. Writes to the cache are one number; sound
     * and images are details only where there are any.
     */
    static ObjectNode write(Usage usage) {
        ObjectNode written = JsonTree.NODES.objectNode().put("input_tokens", usage.totalInput());
        ObjectNode input = written.putObject("input_tokens_details")
                .put("cached_tokens", usage.cacheRead())
                .put("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
        written.put("output_tokens", usage.totalOutput());
        ObjectNode output = written.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        if (usage.inputAudio() > 0) {
            input.put("audio_tokens", usage.inputAudio());
        }
        if (usage.outputAudio() > 0) {
            output.put("audio_tokens", usage.outputAudio());
        }
        if (usage.inputImage() > 0) {
            input.put("image_tokens", usage.inputImage());
        }
        if (usage.outputImage() > 0) {
            output.put("image_tokens", usage.outputImage());
        }
        return written.put("total_tokens", usage.totalInput() + usage.totalOutput());
    }
}
