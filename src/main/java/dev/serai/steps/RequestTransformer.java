package dev.serai.steps;

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
import dev.serai.dialect.Translatable;
import dev.serai.dialect.Translation;
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
    private final KeptResponses responses;
    private final boolean strict;
    private final RuleBook ruleBook = new RuleBook();

    /** @param strict whether a request that cannot be said whole is refused rather than sent without the rest */
    RequestTransformer(Dialects dialects, Conversations conversations, KeptResponses responses, boolean strict) {
        this.dialects = dialects;
        this.conversations = conversations;
        this.responses = responses;
        this.strict = strict;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws UpstreamException {
        Exchange exchange = message.getExchange();
        Attempts.Tried attempt = Variables.attempt(exchange);
        Candidate candidate = attempt.candidate();
        ModelRequest request = Variables.request(exchange);
        RequestRules rules = ruleBook.of(candidate.provider(), candidate.dialect(), candidate.model());
        if (candidate.dialect().equals(request.dialect())) {
            Dialect dialect = dialects.get(candidate.dialect());
            // Asked for or not: some servers stream whatever they are asked.
            exchange.setVariable(
                    Variables.STREAM_READING,
                    dialect.openStream(request, candidate.provider().usageTotals(candidate.dialect())));
            JsonEdit body = dialect.passThrough(request, candidate.model());
            attempt.drop(rules.apply(body));
            message.setBody(body.toBytes());
            return;
        }
        Translation translation = translate(exchange, candidate);
        RequestRules.Ruled ruled = apply(rules, translation.request().body());
        List<String> dropped = new ArrayList<>();
        translation.request().dropped().forEach(one -> dropped.add(one.name()));
        dropped.addAll(ruled.dropped());
        attempt.drop(dropped);
        attempt.translated(translation);
        exchange.setVariable(Variables.STREAM_READING, translation.openStream());
        message.setBody(ruled.body());
    }

    private static RequestRules.Ruled apply(RequestRules rules, byte[] encoded) {
        try {
            return rules.apply(encoded);
        } catch (JsonException e) {
            throw new IllegalStateException("a codec wrote what is no JSON", e);
        }
    }

    private Translation translate(Exchange exchange, Candidate candidate) throws UpstreamException {
        Translatable asked = conversations.of(exchange);
        boolean keeps = responses.keeps(Variables.request(exchange));
        // Not asked of the catalog, which may be another one by now.
        @Nullable Model model = candidate.target().facts();
        try {
            Translation made = (keeps ? asked.kept() : asked)
                    .to(
                            candidate.dialect(),
                            new EncodingTarget(candidate.model(), model == null ? null : model.maxOutputTokens()),
                            new ReplySource(
                                    candidate.model(), candidate.provider().usageTotals(candidate.dialect())));
            Translation translation = keeps ? responses.watched(exchange, made) : made;
            List<Dropped> dropped = translation.request().dropped();
            if (strict && !dropped.isEmpty()) {
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
