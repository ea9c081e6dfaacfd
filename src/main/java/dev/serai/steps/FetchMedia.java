package dev.serai.steps;

import dev.serai.conversation.Source;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.MediaUrl;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.Translatable;
import dev.serai.dialect.Translator;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.Caller;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.selection.Candidate;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import dev.serai.upstream.media.Fetched;
import dev.serai.upstream.media.MediaFetcher;
import dev.serai.upstream.media.MediaListener;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Puts the bytes of images and documents in the place of their URLs, where the candidate wants them. A request that is passed on as it
 * is to a provider that fetches for itself, which is nearly every one, is not even looked at.
 */
final class FetchMedia extends AsyncProcessorSupport {
    private final Dialects dialects;
    private final Conversations conversations;
    private final Translator translator;
    private final MediaFetcher fetcher;
    private final Workers workers;

    FetchMedia(
            Dialects dialects,
            Conversations conversations,
            Translator translator,
            MediaFetcher fetcher,
            Workers workers) {
        this.dialects = dialects;
        this.conversations = conversations;
        this.translator = translator;
        this.fetcher = fetcher;
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Candidate candidate = Variables.attempt(exchange).candidate();
        ModelRequest request = Variables.request(exchange);
        boolean same = candidate.dialect().equals(request.dialect());
        if (!fetcher.isEnabled() || (same && !isInlined(candidate, request))) {
            callback.done(true);
            return true;
        }
        if (!same || Workers.mayStay(request.body().size())) {
            return look(exchange, candidate, same, callback, true);
        }
        return workers.finish(exchange, callback, () -> look(exchange, candidate, true, callback, false));
    }

    /** Whether a request that would be passed on as it is may have to be changed: for few providers, and only if it holds a medium. */
    private boolean isInlined(Candidate candidate, ModelRequest request) {
        return candidate.provider().wantsInlineMedia(candidate.dialect())
                && translator.canTranslate(request.dialect())
                && !new RequestNeeds(
                                request.body(), dialects.get(request.dialect()).needs())
                        .inputs()
                        .isEmpty();
    }

    private boolean look(
            Exchange exchange, Candidate candidate, boolean same, AsyncCallback callback, boolean synchronous) {
        List<MediaUrl> wanted = List.of();
        try {
            boolean all = candidate.provider().wantsInlineMedia(candidate.dialect());
            wanted = conversations.of(exchange).wanted(candidate.dialect(), all);
        } catch (GatewayException e) {
            if (!same) { // what is passed on as it is need not be understood
                exchange.setException(e);
            }
        }
        if (wanted.isEmpty()) {
            callback.done(synchronous);
            return synchronous;
        }
        fetcher.fetch(wanted, Caller.of(exchange), new Resumption(exchange, callback, same));
        return false;
    }

    /** Goes on with the exchange, on the event loop or, with much to encode and translate, elsewhere. */
    private final class Resumption implements MediaListener {
        private final Exchange exchange;
        private final AsyncCallback callback;
        private final boolean same;

        Resumption(Exchange exchange, AsyncCallback callback, boolean same) {
            this.exchange = exchange;
            this.callback = callback;
            this.same = same;
        }

        @Override
        public void fetched(Map<MediaUrl, Fetched> media) {
            long bytes =
                    media.values().stream().mapToLong(one -> one.bytes().length).sum();
            if (Workers.mayStay(bytes)) {
                put(media);
                return;
            }
            try {
                workers.execute(() -> put(media));
            } catch (GatewayException full) {
                fail(full);
            }
        }

        private void put(Map<MediaUrl, Fetched> media) {
            try {
                Map<MediaUrl, Source.Base64> sources = new HashMap<>();
                media.forEach((url, one) -> sources.put(
                        url,
                        new Source.Base64(one.mediaType(), Base64.getEncoder().encodeToString(one.bytes()))));
                Translatable asked = conversations.of(exchange).with(sources);
                exchange.setVariable(Variables.ASKED, asked);
                if (same) {
                    exchange.setVariable(Variables.REQUEST, inlined(asked));
                }
            } catch (Exception e) {
                exchange.setException(e); // here: thrown on an event loop, nobody would catch it
            }
            callback.done(false);
        }

        /** The client's request in its own dialect, with the bytes in it. */
        private ModelRequest inlined(Translatable asked) throws CodecException, JsonException {
            ModelRequest request = Variables.request(exchange);
            String model = request.models().get(0);
            byte[] body = asked.to(
                            request.dialect(),
                            new EncodingTarget(model, null),
                            ReplySource.of(model, request.dialect()))
                    .request()
                    .body();
            return request.with(JsonDocument.parse(body));
        }

        @Override
        public void failed(MediaUrl url, String host, String reason) {
            fail(new GatewayException(
                    ErrorCode.MEDIA_NOT_FETCHED,
                    "The " + url.sort().label() + " at " + host + " could not be fetched for a provider that wants its "
                            + "bytes: " + reason + "."));
        }

        @Override
        public void overloaded() {
            fail(new GatewayException(
                    ErrorCode.OVERLOADED, "Too many images and documents at once; try again in a moment."));
        }

        @Override
        public void cancelled() {
            fail(new UpstreamException(new Outcome.Cancelled()));
        }

        private void fail(Exception failure) {
            exchange.setException(failure);
            callback.done(false);
        }
    }
}
