package dev.serai.upstream.media;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses anybody on the Internet can reach, by the registries of special addresses (RFC 6890):
 * https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry.
 */
public final class PublicAddresses {
    private static final List<Block> SPECIAL_4 = List.of(
            Block.of(0, 0, 0, 0, 8), // this network
            Block.of(10, 0, 0, 0, 8),
            Block.of(100, 64, 0, 0, 10), // shared by customers of one carrier
            Block.of(127, 0, 0, 0, 8),
            Block.of(169, 254, 0, 0, 16), // link-local, and the metadata of clouds
            Block.of(172, 16, 0, 0, 12),
            Block.of(192, 0, 0, 0, 24),
            Block.of(192, 0, 2, 0, 24), // examples
            Block.of(192, 88, 99, 0, 24), // relays of 6to4
            Block.of(192, 168, 0, 0, 16),
            Block.of(198, 18, 0, 0, 15), // benchmarks
            Block.of(198, 51, 100, 0, 24), // examples
            Block.of(203, 0, 113, 0, 24), // examples
            Block.of(224, 0, 0, 0, 3)); // multicast, reserved, broadcast

    /** An IPv4 prefix. */
    private record Block(int prefix, int mask) {
        static Block of(int a, int b, int c, int d, int bits) {
            return new Block((a << 24) | (b << 16) | (c << 8) | d, -1 << (32 - bits));
        }

        boolean contains(int address) {
            return (address & mask) == prefix;
        }
    }

    private PublicAddresses() {}

    /** Whether anybody can. */
    public static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return isPublic4(address.getAddress(), 0);
        }
        return address instanceof Inet6Address && isPublic6(address.getAddress());
    }

    private static boolean isPublic4(byte[] bytes, int from) {
        int address = 0;
        for (int i = from; i < from + 4; i++) {
            address = (address << 8) | (bytes[i] & 0xff);
        }
        for (Block block : SPECIAL_4) {
            if (block.contains(address)) {
                return false;
            }
        }
        return true;
    }

    /** Only 2000::/3 is given to the public. What stands for an IPv4 address (64:ff9b::/96) is as public as that one. */
    private static boolean isPublic6(byte[] bytes) {
        if (group(bytes, 0) == 0x64 && group(bytes, 1) == 0xff9b) {
            return zeros(bytes, 4, 12) && isPublic4(bytes, 12);
        }
        int first = group(bytes, 0);
        boolean special = first == 0x2002 // 6to4: holds an IPv4 address that nobody has looked at
                || (first == 0x2001 && group(bytes, 1) < 0x200) // Teredo and other protocols
                || (first == 0x2001 && group(bytes, 1) == 0xdb8) // examples
                || (first == 0x3fff && group(bytes, 1) < 0x1000); // examples
        return (first & 0xe000) == 0x2000 && !special;
    }

    private static int group(byte[] bytes, int index) {
        return ((bytes[2 * index] & 0xff) << 8) | (bytes[2 * index + 1] & 0xff);
    }

    private static boolean zeros(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
