package dev.serai.upstream;

import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.TimeUtils;

/**
 * {@code upstream:call?attemptTimeout=60s&idleTimeout=60s&longestStream=30m}: one attempt at the URL in the variable
 * {@value UpstreamProducer#URL}. The message's headers and its body ({@code byte[]}, or what converts to it) are sent as they are;
 * afterwards the message holds the answer's headers and status, and as body {@code byte[]} or a paused {@link ReplyStream}. An
 * attempt that gives no answer fails the exchange with an {@link UpstreamException}.
 */
public final class UpstreamEndpoint extends DefaultEndpoint {
    private final UpstreamComponent component;
    private Duration attemptTimeout = Duration.ofSeconds(60);
    private Duration idleTimeout = Duration.ofSeconds(60);
    private Duration longestStream = Duration.ofMinutes(30);

    UpstreamEndpoint(String uri, UpstreamComponent component) {
        super(uri, component);
        this.component = component;
    }

    UpstreamComponent component() {
        return component;
    }

    Duration attemptTimeout() {
        return attemptTimeout;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    Duration longestStream() {
        return longestStream;
    }

    /** To the whole answer, or to the first content of a stream; such as {@code 60s}. */
    public void setAttemptTimeout(String duration) {
        attemptTimeout = positive(duration);
    }

    /** Between two content events of a stream; comments and pings do not count, nor does the time a client does not read. */
    public void setIdleTimeout(String duration) {
        idleTimeout = positive(duration);
    }

    /** From the first content of a stream to its end. */
    public void setLongestStream(String duration) {
        longestStream = positive(duration);
    }

    /** No clock can be switched off: a call without one could stay open forever. */
    private static Duration positive(String duration) {
        long millis = TimeUtils.toMilliSeconds(duration);
        if (millis < 1) {
            throw new IllegalArgumentException("upstream: a timeout is at least 1 ms, not " + duration);
        }
        return Duration.ofMillis(millis);
    }

    @Override
    public Producer createProducer() {
        return new UpstreamProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("upstream: sends requests; to receive them, use gateway:");
    }
}
