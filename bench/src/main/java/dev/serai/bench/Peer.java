package dev.serai.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;

/**
 * A server under measurement.
 *
 * @param name    its name in the tables
 * @param url     where it takes chat completions
 * @param process the process whose CPU time is counted
 * @param headers what it wants beyond the content type: an access key, say
 * @param model   what it calls the pretend model
 */
record Peer(String name, URI url, ServerProcess process, Map<String, String> headers, String model) {
    private static final int PADDING_WORDS = 200;

    Peer {
        headers = Map.copyOf(headers);
    }

    RequestOptions target() {
        RequestOptions target = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI(url.getRawPath())
                .putHeader("content-type", "application/json");
        headers.forEach(target::putHeader);
        return target;
    }

    /** A chat request of about 1 KB that asks for this answer. */
    Buffer request(Answer answer) {
        return Buffer.buffer("{\"model\":\"" + model + "\",\"stream\":" + answer.streamed()
                + ",\"temperature\":0.2,\"messages\":[{\"role\":\"system\",\"content\":\"You keep an inn. "
                + "Rest ".repeat(PADDING_WORDS - 20) + "\"},{\"role\":\"user\",\"content\":\"" + answer.words()
                + "\"}]}");
    }
}
