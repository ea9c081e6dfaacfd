package dev.serai.credits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.credits.RecordedAnswers.Answer;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.json.JsonDocument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded answer that states what it used: the kinds add up to the provider's totals, and the bill is that of a second reckoning,
 * which goes from the provider's numbers to dollars without anything of the gateway's.
 */
class RecordedBillsTest {
    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
    private static final Map<String, String> USD_PER_MILLION = prices();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** No two alike, and none a sum of others: what is counted as the wrong kind makes another bill. */
    private static Map<String, String> prices() {
        Map<String, String> prices = new LinkedHashMap<>();
        prices.put("input", "3.170007");
        prices.put("output", "15.610013");
        prices.put("cacheRead", "0.319019");
        prices.put("cacheWrite5m", "3.971029");
        prices.put("cacheWrite1h", "6.343031");
        prices.put("inputAudio", "40.009037");
        prices.put("outputAudio", "80.021041");
        prices.put("inputImage", "5.051043");
        prices.put("outputImage", "30.061047");
        prices.put("reasoning", "20.071053");
        return prices;
    }

    @BeforeEach
    void skip_where_there_is_no_recorded_traffic() {
        assumeTrue(
                Files.isDirectory(RecordedAnswers.FOLDER),
                () -> "skipped: no recorded traffic at " + RecordedAnswers.FOLDER);
    }

    @Test
    void every_recorded_answer_is_billed_to_the_nano_dollar() throws Exception {
        String list = USD_PER_MILLION.toString().replace("=", ": ").replace("}", ", perSearch: 0.010007}");
        PriceLists prices = new PriceLists(folder, List.of(list));
        Map<String, Integer> counts = new TreeMap<>();
        for (Answer answer : RecordedAnswers.all()) {
            Reckoning own = Reckoning.of(answer);
            if (own.isStated) {
                ReplyFacts facts = facts(answer);
                assertThat(facts.usage().totalInput()).as(answer.name()).isEqualTo(own.totalInput);
                assertThat(facts.usage().totalOutput()).as(answer.name()).isEqualTo(own.totalOutput);
                Bill bill = Pricing.bill(prices.candidate(0, false), facts, NOW, Tariff.STANDARD);
                assertThat(BigDecimal.valueOf(bill.chargeNanos(), 9))
                        .as(answer.name() + " " + facts.usage())
                        .isEqualByComparingTo(own.usd());
                String how = answer.sse() == null ? " replies" : " streams";
                counts.merge(answer.dialect().id() + how, 1, Integer::sum);
            }
        }
        System.out.println("recorded answers billed: " + counts);
        assertThat(counts).hasSize(9);
    }

    private static ReplyFacts facts(Answer answer) throws Exception {
        if (answer.sse() != null) {
            StreamReading reading = answer.stream();
            assertThat(reading.untoldTokens()).as(answer.name()).isZero();
            return reading.facts();
        }
        byte[] body = answer.bodies().get(0).toString().getBytes(UTF_8);
        return answer.dialect()
                .readReply(
                        JsonDocument.parseLeniently(body),
                        UsageTotals.of(answer.dialect().id()));
    }

    /** Dollars from a provider's numbers: each kind is added at its own rate, and taken out of the total that contains it. */
    private static final class Reckoning {
        private BigDecimal millionths = BigDecimal.ZERO;
        private long totalInput;
        private long totalOutput;
        private boolean isStated;

        static Reckoning of(Answer answer) {
            Reckoning own = new Reckoning();
            List<JsonNode> stated = new ArrayList<>();
            for (JsonNode body : answer.bodies()) {
                for (String place : List.of("/usage", "/message/usage", "/response/usage", "/usageMetadata")) {
                    if (body.at(place).isObject()) {
                        stated.add(body.at(place));
                    }
                }
            }
            if (!stated.isEmpty()) {
                own.add(answer, stated);
                own.isStated = own.totalInput + own.totalOutput > 0; // who says 0 has not counted
            }
            return own;
        }

        private void add(Answer answer, List<JsonNode> stated) {
            JsonNode last = stated.get(stated.size() - 1);
            if (answer.dialect() instanceof AnthropicMessages) {
                anthropic(stated);
            } else if (answer.dialect() instanceof Gemini) {
                gemini(last);
            } else if (answer.dialect() instanceof OpenAiEmbeddings) {
                totalInput = last.path("total_tokens").asLong();
                pay(totalInput, "input");
            } else {
                boolean responses = answer.dialect() instanceof OpenAiResponses;
                openai(
                        last,
                        responses ? "input_tokens" : "prompt_tokens",
                        responses ? "output_tokens" : "completion_tokens");
                searches(
                        responses
                                ? called(answer)
                                : last.path("num_search_queries").asLong());
            }
        }

        private void pay(long count, String kind) {
            BigDecimal rate = new BigDecimal(java.util.Objects.requireNonNull(USD_PER_MILLION.get(kind)));
            millionths = millionths.add(rate.multiply(BigDecimal.valueOf(count)));
        }

        private void searches(long count) {
            millionths = millionths.add(BigDecimal.valueOf(count).multiply(new BigDecimal("10007")));
        }

        /** The fee is paid for every token of both totals. */
        BigDecimal usd() {
            return millionths
                    .add(BigDecimal.valueOf(totalInput + totalOutput).multiply(new BigDecimal("0.05")))
                    .movePointLeft(6)
                    .setScale(9, RoundingMode.CEILING);
        }

        private void openai(JsonNode usage, String in, String out) {
            JsonNode input = usage.path(in + "_details");
            JsonNode output = usage.path(out + "_details");
            totalInput = usage.path(in).asLong();
            long cached = Math.max(
                    input.path("cached_tokens").asLong(),
                    Math.max(
                            usage.path("prompt_cache_hit_tokens").asLong(),
                            Math.max(
                                    usage.path("num_cached_tokens").asLong(),
                                    usage.path("cached_tokens").asLong())));
            long written = input.path("cache_write_tokens").asLong();
            long heard = input.path("audio_tokens").asLong();
            long seen = input.path("image_tokens").asLong();
            pay(cached, "cacheRead");
            pay(written, "cacheWrite5m");
            pay(heard, "inputAudio");
            pay(seen, "inputImage");
            pay(totalInput - cached - written - heard - seen, "input");
            long completion = usage.path(out).asLong();
            long reasoning = output.path("reasoning_tokens").asLong();
            boolean beside = in.equals("prompt_tokens")
                    && usage.path("total_tokens").asLong() == totalInput + completion + reasoning;
            totalOutput = beside ? completion + reasoning : completion;
            long inside = Math.min(reasoning, totalOutput);
            long spoken = output.path("audio_tokens").asLong();
            long drawn = output.path("image_tokens").asLong();
            pay(inside, "reasoning");
            pay(spoken, "outputAudio");
            pay(drawn, "outputImage");
            pay(totalOutput - inside - spoken - drawn, "output");
        }

        private static long called(Answer answer) {
            JsonNode last = answer.bodies().get(answer.bodies().size() - 1);
            long calls = 0;
            for (JsonNode item : last.path("response").isObject() ? last.at("/response/output") : last.path("output")) {
                boolean isSearch = item.path("type").asText().equals("web_search_call")
                        && item.path("action").path("type").asText("search").equals("search");
                calls += isSearch ? 1 : 0;
            }
            return calls;
        }

        private void anthropic(List<JsonNode> stated) {
            long input = latest(stated, "/input_tokens");
            long read = latest(stated, "/cache_read_input_tokens");
            long written = latest(stated, "/cache_creation_input_tokens");
            long hour = latest(stated, "/cache_creation/ephemeral_1h_input_tokens");
            long thinking = latest(stated, "/output_tokens_details/thinking_tokens");
            totalInput = input + read + written;
            totalOutput = latest(stated, "/output_tokens");
            pay(input, "input");
            pay(read, "cacheRead");
            pay(written - hour, "cacheWrite5m");
            pay(hour, "cacheWrite1h");
            pay(thinking, "reasoning");
            pay(totalOutput - thinking, "output");
            searches(latest(stated, "/server_tool_use/web_search_requests"));
        }

        private static long latest(List<JsonNode> stated, String place) {
            long latest = 0;
            for (JsonNode usage : stated) {
                latest = usage.at(place).isNumber() ? usage.at(place).asLong() : latest;
            }
            return latest;
        }

        private void gemini(JsonNode usage) {
            long prompt = usage.path("promptTokenCount").asLong();
            long tools = usage.path("toolUsePromptTokenCount").asLong();
            long cached = usage.path("cachedContentTokenCount").asLong();
            long candidates = usage.path("candidatesTokenCount").asLong();
            long thoughts = usage.path("thoughtsTokenCount").asLong();
            JsonNode sent = usage.path("promptTokensDetails");
            JsonNode held = usage.path("cacheTokensDetails");
            JsonNode made = usage.path("candidatesTokensDetails");
            long heard = of("AUDIO", sent) - of("AUDIO", held);
            long seen = of("IMAGE", sent) - of("IMAGE", held);
            totalInput = prompt + tools;
            totalOutput = candidates + thoughts;
            assertThat(totalInput + totalOutput)
                    .isEqualTo(usage.path("totalTokenCount").asLong());
            pay(cached, "cacheRead");
            pay(heard, "inputAudio");
            pay(seen, "inputImage");
            pay(totalInput - cached - heard - seen, "input");
            pay(thoughts, "reasoning");
            pay(of("AUDIO", made), "outputAudio");
            pay(of("IMAGE", made), "outputImage");
            pay(candidates - of("AUDIO", made) - of("IMAGE", made), "output");
        }

        private static long of(String modality, JsonNode details) {
            long tokens = 0;
            for (JsonNode detail : details) {
                boolean is = detail.path("modality")
                        .asText()
                        .toUpperCase(Locale.ROOT)
                        .equals(modality);
                tokens += is ? detail.path("tokenCount").asLong() : 0;
            }
            return tokens;
        }
    }

    // --- Answers that end early

    @Test
    void what_a_stream_has_used_when_it_is_cut_is_estimated_from_what_passed() throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (Answer answer : RecordedAnswers.all()) {
            if (answer.sse() != null) {
                Usage stated = answer.stream().usage();
                ReplyFacts cut = beforeItSays(answer);
                boolean isVisible = stated.reasoning() == 0 && stated.outputAudio() + stated.outputImage() == 0;
                if (cut.isEstimated() && stated.totalOutput() >= 50 && isVisible) {
                    ratios.add((double) cut.usage().totalOutput() / stated.totalOutput());
                }
            }
        }
        ratios.sort(null);
        int tenth = ratios.size() / 10;
        System.out.printf(
                Locale.ROOT,
                "%d streams cut before they said what they used: estimate by what they said %.2f at the median, %.2f to %.2f for eight"
                        + " of ten%n",
                ratios.size(),
                ratios.get(ratios.size() / 2),
                ratios.get(tenth),
                ratios.get(ratios.size() - 1 - tenth));
        assertThat(ratios.get(ratios.size() / 2)).isBetween(0.8, 1.25);
    }

    /** What is known of a stream that is cut behind the last event after which something was still to be said. */
    private static ReplyFacts beforeItSays(Answer answer) throws Exception {
        AtomicReference<ReplyFacts> known = new AtomicReference<>(ReplyFacts.NONE);
        answer.stream(reading -> {
            if (reading.untoldTokens() > 0) {
                known.set(reading.facts().filled(reading.untoldTokens(), () -> 1_000));
            }
        });
        return known.get();
    }
}
