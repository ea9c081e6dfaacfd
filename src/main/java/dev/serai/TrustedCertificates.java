package dev.serai;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Whom {@code camel-http} trusts: those whom providers' certificates are checked against, too. */
final class TrustedCertificates extends SSLContextParameters {
    private final @Nullable Path pem;

    /** @param pem certificates to trust instead of Java's own; null for Java's own */
    TrustedCertificates(@Nullable Path pem) {
        this.pem = pem;
    }

    @Override
    public SSLContext createSSLContext(CamelContext context) throws GeneralSecurityException, IOException {
        SSLContext tls = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(pem == null ? null : store(pem));
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private static KeyStore store(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
        }
        return store;
    }
}
