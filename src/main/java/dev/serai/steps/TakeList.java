package dev.serai.steps;

import dev.serai.refresh.CatalogRefresh;
import dev.serai.refresh.ListException;
import dev.serai.refresh.ListRequest;
import dev.serai.refresh.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Takes a list of models as it arrives, within bounds of size and time; the body becomes what came of it, a list of
 * {@link Outcome}s. Blocks.
 */
final class TakeList implements Processor {
    private static final int OK = 200;
    private static final int PIECE_BYTES = 64 << 10;

    private final CatalogRefresh refresh;
    private final Clock clock;
    private final Duration patience;

    /** @param patience how long the body may take; a single read is bounded by the endpoint's own timeout */
    TakeList(CatalogRefresh refresh, Clock clock, Duration patience) {
        this.refresh = refresh;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        ListRequest request = Variables.require(exchange, Variables.LIST, ListRequest.class);
        byte[] text;
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            // Redirects among it: they are not followed.
            int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
            if (status != OK) {
                throw new ListException("it answered with status " + status);
            }
            text = body == null ? new byte[0] : read(body);
        }
        // The request's headers and the answer's are nobody's business from here on.
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(take(request, text));
    }

    private List<Outcome> take(ListRequest request, byte[] text) throws Exception {
        return refresh.take(request.provider(), request.by(), text, request.write());
    }

    private byte[] read(InputStream body) throws IOException, ListException {
        Instant deadline = clock.instant().plus(patience);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        for (int bytes = body.read(piece); bytes >= 0; bytes = body.read(piece)) {
            text.write(piece, 0, bytes);
            if (text.size() > CatalogRefresh.MAX_LIST_BYTES) {
                throw new ListException("it is larger than " + CatalogRefresh.MAX_LIST_BYTES + " bytes");
            }
            if (clock.instant().isAfter(deadline)) {
                throw new ListException("it took more than " + patience.toSeconds() + " seconds to arrive");
            }
        }
        return text.toByteArray();
    }
}
