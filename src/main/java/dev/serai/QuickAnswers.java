package dev.serai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Has the client of {@code camel-http} ask once, and give up when the head of the answer is not there in time. Left to itself, it asks
 * again, and waits for as long as a byte comes now and then.
 */
final class QuickAnswers implements HttpClientConfigurer {
    private final Duration patience;

    /** @param patience from the beginning of the request to the end of the answer */
    QuickAnswers(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        new UnfinishedAnswers().configureHttpClient(builder);
        builder.disableAutomaticRetries();
        builder.addExecInterceptorFirst("patience", (request, scope, chain) -> {
            if (scope.originalRequest instanceof Cancellable call) {
                // Without effect on a request that is over.
                CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(call::cancel);
            }
            return chain.proceed(request, scope);
        });
    }
}
