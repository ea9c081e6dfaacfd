package dev.serai.steps;

import dev.serai.access.Allowance;
import dev.serai.catalog.Continuation;
import dev.serai.catalog.Model;
import dev.serai.catalog.RequestRules;
import dev.serai.catalog.RuleBook;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.Splice;
import dev.serai.dialect.Translatable;
import dev.serai.dialect.Translation;
import dev.serai.dialect.Translator;
import dev.serai.failover.Course;
import dev.serai.failover.Rescue;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import dev.serai.json.JsonException;
import dev.serai.selection.Candidate;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.jspecify.annotations.Nullable;

/**
 * {@code serai:client} to {@code serai:provider}: the body for the candidate that is tried. Where it speaks the client's dialect, every
 * byte that need not change survives; where it does not, the request is translated, and what cannot be said is named.
 */
final class RequestTransformer extends Transformer {
    static final DataType CLIENT = new DataType("serai:client");
    static final DataType PROVIDER = new DataType("serai:provider");

    private final Dialects dialects;
    private final Conversations conversations;
    private final Translator translator;
    private final KeptResponses responses;
    private final boolean strict;
    private final Allowance everyone;
    private final RuleBook ruleBook = new RuleBook();

    /**
     * @param strict   whether a request that cannot be said whole is refused rather than sent without the rest
     * @param everyone what the operator says of everybody
     */
    RequestTransformer(
            Dialects dialects,
            Conversations conversations,
            Translator translator,
            KeptResponses responses,
            boolean strict,
            Allowance everyone) {
        this.dialects = dialects;
        this.conversations = conversations;
        this.translator = translator;
        this.responses = responses;
        this.strict = strict;
        this.everyone = everyone;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws UpstreamException {
        Exchange exchange = message.getExchange();
        Attempts.Tried attempt = Variables.attempt(exchange);
        Candidate candidate = attempt.candidate();
        ModelRequest request = Variables.request(exchange);
        RequestRules rules = ruleBook.of(candidate.provider(), candidate.dialect(), candidate.model());
        if (Variables.goesOn(exchange)) {
            goOn(message, attempt, rules);
            return;
        }
        ReplySource source = source(candidate);
        Splice splice = request.stream() ? splice(exchange) : null;
        if (candidate.dialect().equals(request.dialect())) {
            Dialect dialect = dialects.get(candidate.dialect());
            // Asked for or not: some servers stream whatever they are asked.
            exchange.setVariable(
                    Variables.STREAM_READING,
                    splice == null
                            ? dialect.openStream(request, source.totals())
                            : conversations.of(exchange).next(splice, candidate.dialect(), source));
            JsonEdit body = dialect.passThrough(request, candidate.model());
            List<String> dropped = limitOutput(dialect, body, maxOutputTokens(exchange));
            dropped.addAll(rules.apply(body));
            attempt.drop(dropped);
            message.setBody(body.toBytes());
            return;
        }
        long most = maxOutputTokens(exchange);
        Translation translation = translate(exchange, asked(exchange, most), candidate);
        RequestRules.Ruled ruled =
                apply(rules, candidate.dialect(), translation.request().body(), most);
        List<String> dropped = new ArrayList<>();
        translation.request().dropped().forEach(one -> dropped.add(one.name()));
        dropped.addAll(ruled.dropped());
        attempt.drop(dropped);
        attempt.translated(translation);
        exchange.setVariable(
                Variables.STREAM_READING,
                splice == null
                        ? translation.openStream()
                        : conversations.of(exchange).next(splice, candidate.dialect(), source));
        message.setBody(ruled.body());
    }

    private static ReplySource source(Candidate candidate) {
        return new ReplySource(candidate.model(), candidate.provider().usageTotals(candidate.dialect()));
    }

    /** Only if there is somebody who could go on: what is told by one provider alone passes as it comes. */
    private @Nullable Splice splice(Exchange exchange) {
        Course course = Variables.attempts(exchange).course();
        if (course.rescue() != Rescue.CONTINUE) {
            return null;
        }
        boolean wanted = translator.canTranslate(Variables.request(exchange).dialect())
                && !responses.keeps(Variables.request(exchange))
                && course.left().stream().anyMatch(candidate -> continuation(candidate) != null);
        Splice splice = wanted ? conversations.of(exchange).splice() : null;
        exchange.setVariable(Variables.SPLICE, splice);
        return splice;
    }

    private static @Nullable Continuation continuation(Candidate candidate) {
        return candidate.provider().continuation(candidate.dialect(), candidate.model());
    }

    /** The question with what the client has read of the answer, for a provider that goes on from there. */
    private void goOn(Message message, Attempts.Tried attempt, RequestRules rules) throws UpstreamException {
        Exchange exchange = message.getExchange();
        Candidate candidate = attempt.candidate();
        Splice splice = Variables.require(exchange, Variables.SPLICE, Splice.class);
        String beginning =
                splice.beginning().orElseThrow(() -> unsayable("what the client has got so far is more than a text"));
        Continuation way = continuation(candidate);
        if (way == null && !beginning.isEmpty()) {
            throw unsayable("it does not go on with what another began");
        }
        long most = maxOutputTokens(exchange);
        Translation translation = translate(exchange, asked(exchange, most).after(beginning), candidate);
        RequestRules.Ruled ruled =
                apply(rules, candidate.dialect(), translation.request().body(), most);
        exchange.setVariable(
                Variables.STREAM_READING,
                conversations.of(exchange).next(splice, candidate.dialect(), source(candidate)));
        message.setBody(way == null ? ruled.body() : way.apply(ruled.body()));
    }

    private long maxOutputTokens(Exchange exchange) {
        return Allowed.of(exchange, everyone).maxOutputTokens();
    }

    private Translatable asked(Exchange exchange, long maxOutputTokens) {
        Translatable asked = conversations.of(exchange);
        return maxOutputTokens == Allowance.UNLIMITED ? asked : asked.within(maxOutputTokens);
    }

    private static List<String> limitOutput(Dialect dialect, JsonEdit body, long tokens) {
        return tokens == Allowance.UNLIMITED ? new ArrayList<>(0) : new ArrayList<>(dialect.limitOutput(body, tokens));
    }

    private RequestRules.Ruled apply(RequestRules rules, String dialect, byte[] encoded, long maxOutputTokens) {
        try {
            if (maxOutputTokens == Allowance.UNLIMITED) {
                return rules.apply(encoded);
            }
            // The codec has been told; but one that has no way to say so small a limit leaves it out.
            JsonEdit body = JsonDocument.parse(encoded).edit();
            List<String> dropped = limitOutput(dialects.get(dialect), body, maxOutputTokens);
            dropped.addAll(rules.apply(body));
            return new RequestRules.Ruled(body.toBytes(), dropped);
        } catch (JsonException e) {
            throw new IllegalStateException("a codec wrote what is no JSON", e);
        }
    }

    private Translation translate(Exchange exchange, Translatable asked, Candidate candidate) throws UpstreamException {
        boolean keeps = responses.keeps(Variables.request(exchange));
        // Not asked of the catalog, which may be another one by now.
        @Nullable Model model = candidate.target().facts();
        try {
            Translation made = (keeps ? asked.kept() : asked)
                    .to(
                            candidate.dialect(),
                            new EncodingTarget(candidate.model(), model == null ? null : model.maxOutputTokens()),
                            source(candidate));
            Translation translation = keeps ? responses.watched(exchange, made) : made;
            List<Dropped> dropped = translation.request().dropped();
            Boolean wanted = Variables.permit(exchange).strict();
            if ((wanted == null ? strict : wanted) && !dropped.isEmpty()) {
                throw unsayable("this gateway sends requests whole or not at all, and " + reasons(dropped));
            }
            return translation;
        } catch (CodecException e) {
            boolean unknown = KeptResponses.PREVIOUS.equals(e.path());
            throw unsayable(e.getMessage() + (unknown ? responses.explanation() : ""));
        }
    }

    private static String reasons(List<Dropped> dropped) {
        return dropped.stream()
                .map(one -> one.name() + " cannot be said (" + one.reason() + ")")
                .collect(Collectors.joining(", "));
    }

    private static UpstreamException unsayable(String reason) {
        return new UpstreamException(new Outcome.Untranslatable("cannot be asked this: " + reason));
    }
}
