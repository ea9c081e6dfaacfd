package dev.serai;

import dev.serai.upstream.ProviderHosts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;

/** Connections of {@code camel-http} to addresses that {@link ProviderHosts} allows, and to no others. */
final class CheckedConnections {
    private static final int AT_ONCE = 8;

    private CheckedConnections() {}

    /** @param tls whom to trust */
    static HttpClientConnectionManager of(ProviderHosts hosts, SSLContext tls) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Resolver(hosts))
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setMaxConnTotal(AT_ONCE)
                .setMaxConnPerRoute(AT_ONCE)
                .build();
    }

    private record Resolver(ProviderHosts hosts) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return hosts.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return resolve(host)[0].getCanonicalHostName();
        }
    }
}
