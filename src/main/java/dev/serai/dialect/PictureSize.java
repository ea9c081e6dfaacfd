package dev.serai.dialect;

import org.jspecify.annotations.Nullable;

/**
 * How large a picture is, as its first bytes say: PNG, GIF, JPEG and WebP.
 *
 * @param width  in pixels, positive
 * @param height in pixels, positive
 */
record PictureSize(int width, int height) {
    private static final int PNG = 0x89504e47;
    private static final int GIF = 0x47494638;
    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;

    /** Null if the bytes begin no picture of a known form, or end before they say its size. */
    static @Nullable PictureSize of(byte[] picture) {
        if (picture.length < 30) {
            return null;
        }
        int magic = big(picture, 0, 4);
        if (magic == PNG) {
            return checked(big(picture, 16, 4), big(picture, 20, 4));
        }
        if (magic == GIF) {
            return checked(little(picture, 6, 2), little(picture, 8, 2));
        }
        if (magic == RIFF && big(picture, 8, 4) == WEBP) {
            return webp(picture);
        }
        return big(picture, 0, 2) == 0xffd8 ? jpeg(picture) : null;
    }

    private static @Nullable PictureSize checked(int width, int height) {
        return width > 0 && height > 0 ? new PictureSize(width, height) : null;
    }

    private static @Nullable PictureSize webp(byte[] picture) {
        return switch ((char) picture[15]) {
            case ' ' -> checked(little(picture, 26, 2) & 0x3fff, little(picture, 28, 2) & 0x3fff);
            case 'L' -> {
                int bits = little(picture, 21, 4);
                yield checked((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
            }
            case 'X' -> checked(little(picture, 24, 3) + 1, little(picture, 27, 3) + 1);
            default -> null;
        };
    }

    /** Goes from one segment to the next until one begins a frame. */
    private static @Nullable PictureSize jpeg(byte[] picture) {
        int at = 2;
        while (at + 9 < picture.length && (picture[at] & 0xff) == 0xff) {
            int marker = picture[at + 1] & 0xff;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return checked(big(picture, at + 7, 2), big(picture, at + 5, 2));
            }
            at += 2 + Math.max(2, big(picture, at + 2, 2));
        }
        return null;
    }

    private static int big(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }

    private static int little(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from + count - 1; i >= from; i--) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }
}
