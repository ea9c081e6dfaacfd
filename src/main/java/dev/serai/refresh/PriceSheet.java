package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The price of a model, from a list's words into those of an overlay: US dollars per million tokens. A price that cannot be said
 * whole is not said at all, and more than six decimals are rounded up. One use, one thread.
 */
final class PriceSheet {
    private static final BigDecimal MAX_USD = BigDecimal.valueOf(1_000_000);
    private static final int DECIMALS = 6;
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    /** A list's price that Serai cannot say. */
    static final class Unspeakable extends Exception {
        private static final long serialVersionUID = 1L;

        Unspeakable(String why) {
            super(why);
        }
    }

    private final Map<String, String> keys;
    private final int shift;
    private final boolean isChat;

    /**
     * @param keys   the list's words for kinds of tokens, and Serai's
     * @param shift  how many digits the list's numbers must be moved to be per million tokens
     * @param isChat whether the model gives text: then a price says what output costs
     */
    PriceSheet(Map<String, String> keys, int shift, boolean isChat) {
        this.keys = keys;
        this.shift = shift;
        this.isChat = isChat;
    }

    /**
     * The price, with rates for longer requests; {@code free} if nothing costs anything; null if there is none.
     *
     * @param tiers  above how many input tokens, and the amounts then
     * @param ignore what beside the keys may stand in the amounts
     */
    @Nullable
    JsonNode price(JsonNode amounts, Map<Long, JsonNode> tiers, Set<String> ignore) throws Unspeakable {
        ObjectNode base = rates(amounts, ignore);
        if (!base.has(INPUT) || (isChat && !base.has(OUTPUT))) {
            return null;
        }
        if (isZero(base.get(INPUT)) && (!base.has(OUTPUT) || isZero(base.get(OUTPUT)))) {
            return base.size() <= 2 && tiers.isEmpty() ? FactSheet.NODES.textNode("free") : null;
        }
        if (!isChat && base.has(OUTPUT) && isZero(base.get(OUTPUT))) {
            base.remove(OUTPUT);
        }
        ObjectNode above = FactSheet.NODES.objectNode();
        for (Map.Entry<Long, JsonNode> tier : new TreeMap<>(tiers).entrySet()) {
            ObjectNode rates = rates(tier.getValue(), ignore);
            if (tier.getKey() <= 0 || tier.getKey() > 999_999_999 || rates.isEmpty()) {
                throw new Unspeakable("a tier of its price makes no sense");
            }
            above.set(Long.toString(tier.getKey()), rates);
        }
        if (!above.isEmpty()) {
            base.set("above", above);
        }
        return base;
    }

    private ObjectNode rates(JsonNode amounts, Set<String> ignore) throws Unspeakable {
        ObjectNode rates = FactSheet.NODES.objectNode();
        for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
            String key = keys.get(amount.getKey());
            if (key != null && !amount.getValue().isNull()) {
                BigDecimal usd = usd(amount.getKey(), amount.getValue());
                // A list that says nothing of a kind often says zero; only input and output are believed to cost
                // nothing.
                if (usd.signum() > 0 || key.equals(INPUT) || key.equals(OUTPUT)) {
                    rates.set(key, FactSheet.NODES.numberNode(usd));
                }
            } else if (key == null && !ignore.contains(amount.getKey())) {
                throw new Unspeakable("its price has a part '" + shown(amount.getKey()) + "' that Serai does not know");
            }
        }
        return rates;
    }

    private static String shown(String word) {
        return word.matches("[!-~]{1,40}") ? word : "?";
    }

    private BigDecimal usd(String word, JsonNode amount) throws Unspeakable {
        BigDecimal number = FactSheet.number(amount);
        // Before any arithmetic, which is slow with a huge exponent.
        if (number == null || Math.abs((long) number.scale()) > 40) {
            throw new Unspeakable("'" + word + "' in its price is no number");
        }
        BigDecimal usd = number.movePointRight(shift).setScale(DECIMALS, RoundingMode.CEILING);
        if (usd.signum() < 0 || usd.compareTo(MAX_USD) > 0) {
            throw new Unspeakable("'" + word + "' in its price cannot be an amount");
        }
        BigDecimal plain = usd.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static boolean isZero(JsonNode amount) {
        return amount.decimalValue().signum() == 0;
    }
}
