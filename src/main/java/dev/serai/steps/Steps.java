package dev.serai.steps;

import dev.serai.access.Allowance;
import dev.serai.access.Secrets;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.Translator;
import dev.serai.failover.Breakers;
import dev.serai.limit.RateLimits;
import dev.serai.permit.StoreFreshness;
import dev.serai.reload.Snapshot;
import dev.serai.responses.ResponseStore;
import dev.serai.upstream.ProviderHosts;
import dev.serai.upstream.media.MediaFetcher;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.camel.Processor;
import org.apache.camel.spi.Policy;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.jspecify.annotations.Nullable;

/** The processors by the names that the route files refer to. */
public final class Steps {
    private Steps() {}

    /**
     * @param fetcher      fetches what requests name by URL
     * @param store        where responses are kept; null for nowhere
     * @param current      what files and the store say at this moment
     * @param freshness    how well the store is known
     * @param selection    the steps of {@code selection.camel.yaml}
     * @param secrets      what no error may contain
     * @param threads      read and translate large bodies; bounded
     * @param hosts        where providers of accounts may be
     * @param names        threads that may wait for name servers; bounded
     * @param maxBodyBytes the body limit, which holds for decompressed bodies too
     * @param limits       counts the requests of keys that have limits
     * @param everyone     what the operator says of everybody
     * @param metering     counts and charges; null if nothing is counted
     */
    public static Map<String, Processor> beans(
            Dialects dialects,
            Translator translator,
            MediaFetcher fetcher,
            @Nullable ResponseStore store,
            SelectionSteps selection,
            Supplier<Snapshot> current,
            StoreFreshness freshness,
            Secrets secrets,
            Executor threads,
            ProviderHosts hosts,
            Executor names,
            int maxBodyBytes,
            RateLimits limits,
            Allowance everyone,
            @Nullable Metering metering,
            Clock clock) {
        Workers workers = new Workers(threads);
        KeptResponses responses = new KeptResponses(store);
        Map<String, Processor> beans = new HashMap<>(selection.steps(dialects));
        beans.putAll(Map.ofEntries(
                Map.entry("authenticate", new Authenticate(current, freshness, clock)),
                Map.entry("readRequest", new ReadRequest(dialects, workers, maxBodyBytes)),
                Map.entry(
                        "checkInput",
                        new CheckInput(
                                dialects, translator, workers, everyone, metering != null && metering.isPrepaid())),
                Map.entry("beginMetering", new BeginMetering(metering, dialects)),
                Map.entry("holdBudget", new HoldBudget()),
                Map.entry("holdCredits", new HoldCredits()),
                Map.entry("settleCredits", new SettleCredits()),
                Map.entry("releaseCredits", new ReleaseCredits()),
                Map.entry("limitRate", new LimitRate(limits, dialects)),
                Map.entry("nextAttempt", new NextAttempt()),
                Map.entry("addressRequest", new AddressRequest(hosts, names, clock)),
                Map.entry("leaveEventLoop", new LeaveEventLoop(workers)),
                Map.entry("attachCredential", new AttachCredential()),
                Map.entry("readReply", new ReadReply(dialects, translator)),
                Map.entry("judgeAttempt", new JudgeAttempt(judge(translator, clock))),
                Map.entry("describeReply", new DescribeReply(clock, everyone)),
                Map.entry("describeModels", new DescribeModels(current)),
                Map.entry(
                        "fetchMedia",
                        new FetchMedia(dialects, new Conversations(translator, clock), translator, fetcher, workers)),
                Map.entry("recallResponse", new RecallResponse(responses, workers, maxBodyBytes)),
                Map.entry("answerStoredResponse", new AnswerStoredResponse(responses)),
                Map.entry("estimateTokens", new EstimateTokens(translator, workers)),
                Map.entry("writeError", new WriteError(dialects, translator, secrets))));
        return beans;
    }

    private static AttemptJudge judge(Translator translator, Clock clock) {
        return new AttemptJudge(new FaultReading(translator, clock), new InputTokens(translator));
    }

    /** The policy of {@code hedge-candidate}. */
    public static Policy hedge(Translator translator, Clock clock) {
        return new HedgeCandidate(judge(translator, clock), new NextAttempt());
    }

    /** The policy of {@code guard-candidate}. */
    public static Policy guard(Breakers breakers) {
        return new GuardCandidate(breakers);
    }

    /**
     * The data type transformers by the types that the route files name.
     *
     * @param store  where responses are kept; null for nowhere
     * @param strict   whether a request that a provider's dialect cannot say whole is refused rather than sent without the rest
     * @param everyone what the operator says of everybody
     */
    public static Map<TransformerKey, Transformer> transformers(
            Dialects dialects,
            Translator translator,
            @Nullable ResponseStore store,
            boolean strict,
            Allowance everyone,
            Clock clock) {
        return Map.of(
                new TransformerKey(RequestTransformer.CLIENT, RequestTransformer.PROVIDER),
                new RequestTransformer(
                        dialects,
                        new Conversations(translator, clock),
                        translator,
                        new KeptResponses(store),
                        strict,
                        everyone),
                new TransformerKey(RequestTransformer.PROVIDER, RequestTransformer.CLIENT),
                new ReplyTransformer(),
                new TransformerKey(DialectTransformer.SCHEME),
                new DialectTransformer(dialects, translator, clock));
    }
}
