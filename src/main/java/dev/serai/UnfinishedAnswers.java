package dev.serai;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Has the client of {@code camel-http} end the connection of an answer that nobody reads to its end. Left to itself, it reads the
 * rest when the answer is closed, so that its connection can be used again, and an endless answer holds its thread for good.
 */
final class UnfinishedAnswers implements HttpClientConfigurer {
    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("unfinished-answers", (request, scope, chain) -> {
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (response.getEntity() != null) {
                response.setEntity(new Body(response.getEntity(), scope.execRuntime));
            }
            return response;
        });
    }

    private static final class Body extends HttpEntityWrapper {
        private final ExecRuntime connection;

        Body(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                @Override
                public void close() {
                    // Without effect on an answer that was read: its connection has been given back.
                    connection.discardEndpoint();
                }
            };
        }
    }
}
