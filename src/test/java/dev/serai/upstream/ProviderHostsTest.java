package dev.serai.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderHostsTest {
    private final ProviderHosts hosts = new ProviderHosts(Set.of("Models.Internal", "10.1.2.3"));

    @ParameterizedTest
    @CsvSource({
        "models.example, 93.184.216.34, true",
        "models.example, 2606:2800:220:1:248:1893:25c8:1946, true",
        "localhost, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.1, true",
        "::1, ::1, true",
        "models.internal, 10.9.9.9, true",
        "models.internal., 10.9.9.9, true",
        "10.1.2.3, 10.1.2.3, true",
        "models.example, 127.0.0.1, false",
        "models.example, ::1, false",
        "models.example, 10.1.2.3, false",
        "models.example, 192.168.0.1, false",
        "models.example, 169.254.169.254, false",
        "models.internal, 169.254.169.254, false",
        "models.internal, fe80::1, false",
        "models.internal, fd00:ec2::254, false",
        "models.internal, 100.100.100.200, false",
        "models.internal, 0.0.0.0, false",
        "models.internal, 224.0.0.1, false",
        "localhost, 10.0.0.1, false",
        "10.1.2.4, 10.1.2.4, false"
    })
    void an_address_is_connected_to_if_it_is_public_or_this_machine_or_the_host_is_allowed(
            String host, String address, boolean allowed) throws Exception {
        assertThat(hosts.mayConnect(host, InetAddress.getByName(address))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://models.example/v1",
                "http://localhost:11434/v1",
                "http://[::1]:1234",
                "http://models.internal/v1",
                "http://10.1.2.3:8000"
            })
    void a_url_has_tls_or_stays_here_or_is_allowed(String url) {
        assertThatCode(() -> hosts.check(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://models.example/v1", "http://127.0.0.1.evil.example", "http://10.1.2.4", "https://h:70000"
            })
    void another_is_refused(String url) {
        assertThatThrownBy(() -> hosts.check(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("baseUrl must ");
    }
}
