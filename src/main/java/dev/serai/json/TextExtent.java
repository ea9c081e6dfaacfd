package dev.serai.json;

/**
 * How much text the string values of a JSON document hold. Names of members, numbers and punctuation are not counted, and neither
 * are long runs of base64, which are pictures or files.
 *
 * @param words runs of letters, digits, underscores and characters beyond ASCII; a run of more than 32 bytes is one for each 32
 * @param bytes bytes of the strings
 */
public record TextExtent(long words, long bytes) {
    /** The alphabets of base64 have no space, so prose never goes on for so long without anything else. */
    private static final int LONGEST_WORDLIKE_RUN = 256;

    private static final int BYTES_PER_WORD = 32;
    private static final int UNICODE_ESCAPE = 6;

    /** Measures what {@link JsonDocument#array} holds. One pass, no copy. */
    public static TextExtent of(byte[] json) {
        Counter counter = new Counter();
        int i = 0;
        while (i < json.length) {
            i = json[i] == '"' ? counter.string(json, i + 1) : i + 1;
        }
        return new TextExtent(counter.words, counter.bytes);
    }

    /** The sums so far; in a string, also the word and the run of base64 that it stands in. */
    private static final class Counter {
        private long words;
        private long bytes;
        private int word;
        private int run;
        private long wordsBeforeRun;
        private long bytesBeforeRun;

        /** Counts a string and gives the index behind its closing quote. */
        int string(byte[] json, int from) {
            long wordsBefore = words;
            long bytesBefore = bytes;
            int i = from;
            while (i < json.length && json[i] != '"') {
                i += character(json, i);
            }
            endWord();
            endRun();
            int behind = Math.min(i + 1, json.length);
            int next = JsonBytes.firstFrom(json, behind, json.length);
            if (next < json.length && json[next] == ':') {
                words = wordsBefore;
                bytes = bytesBefore;
            }
            return behind;
        }

        /** Counts a character and gives the number of bytes that it takes in JSON. */
        private int character(byte[] json, int i) {
            byte b = json[i];
            if (b == '\\') {
                boolean unicode = i + 1 < json.length && json[i + 1] == 'u';
                letter(unicode, false);
                return unicode ? UNICODE_ESCAPE : 2;
            }
            boolean alphanumeric = b < 0 || b == '_' || isAsciiLetterOrDigit(b);
            letter(alphanumeric, b >= 0 && (alphanumeric || b == '+' || b == '/' || b == '-' || b == '='));
            return 1;
        }

        private void letter(boolean ofWord, boolean ofRun) {
            if (!ofRun) {
                endRun();
            } else if (run++ == 0) {
                wordsBeforeRun = words;
                bytesBeforeRun = bytes;
            }
            if (!ofWord) {
                endWord();
            } else if (word++ % BYTES_PER_WORD == 0) {
                words++;
            }
            bytes++;
        }

        private void endWord() {
            word = 0;
        }

        private void endRun() {
            if (run > LONGEST_WORDLIKE_RUN) {
                words = wordsBeforeRun;
                bytes = bytesBeforeRun;
            }
            run = 0;
        }

        private static boolean isAsciiLetterOrDigit(byte b) {
            return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
        }
    }
}
