package dev.serai.upstream;

import dev.serai.catalog.BaseUrl;
import dev.serai.upstream.media.PublicAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which hosts a provider may be at that an account defined: public ones, with TLS; this machine, by the names of loopback; and those
 * that the operator allows. None that is link-local, where clouds keep their metadata. Immutable and thread-safe.
 */
public final class ProviderHosts {
    /** Where clouds serve metadata beside the link-local address (AWS over IPv6, Alibaba). */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

    private final Set<String> allowed;

    /** @param allowed hosts that may be in private networks and without TLS */
    public ProviderHosts(Set<String> allowed) {
        this.allowed = allowed.stream().map(ProviderHosts::plain).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The rules that a URL shows without being asked for.
     *
     * @throws IllegalArgumentException if it breaks one; the message says which, in a sentence that begins with {@code baseUrl}
     */
    public void check(URI url) {
        String host = url.getHost();
        if (host == null || url.getPort() > 65_535 || url.getPort() == 0) {
            throw new IllegalArgumentException("baseUrl must have a valid host name and port");
        }
        if (!"https".equalsIgnoreCase(url.getScheme()) && !isAllowed(host) && !BaseUrl.isThisMachine(host)) {
            throw new IllegalArgumentException(
                    "baseUrl must be https, unless it is on this machine or the operator allows"
                            + " the host (serai.provider-hosts)");
        }
    }

    /**
     * The addresses of a host, each of which may be connected to. To be asked whenever a connection is made, and to be connected to
     * as they are: a name that resolves to another address a moment later leads nowhere else. Blocks.
     *
     * @param host without brackets
     * @throws UnknownHostException if it has none, or one that must not be connected to
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            if (!mayConnect(host, address)) {
                throw new UnknownHostException("the address of " + host
                        + " is not public; the operator can allow the host (serai.provider-hosts)");
            }
        }
        return addresses;
    }

    boolean mayConnect(String host, InetAddress address) {
        if (address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress())) {
            return false;
        }
        return isAllowed(host)
                || (address.isLoopbackAddress() && isThisMachine(host))
                || PublicAddresses.contains(address);
    }

    private static boolean isThisMachine(String host) {
        return BaseUrl.isThisMachine(host.indexOf(':') < 0 ? host : "[" + host + "]");
    }

    private boolean isAllowed(String host) {
        return allowed.contains(plain(host));
    }

    private static String plain(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|\\.$", "");
    }
}
