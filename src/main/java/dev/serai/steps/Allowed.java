package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.access.Allowance;
import dev.serai.permit.Permit;
import org.apache.camel.Exchange;

/**
 * How much the caller of a request may do: all three hold at once.
 *
 * @param key      what the key and its configuration say, of this key
 * @param account  what the account says, of all its keys together
 * @param everyone what the operator says of everybody: the length of requests and answers
 */
record Allowed(Allowance key, Allowance account, Allowance everyone) {
    /** Of a request whose caller is known. */
    static Allowed of(Exchange exchange, Allowance everyone) {
        Permit permit = Variables.permit(exchange);
        AccessKey key = Variables.accessKey(exchange);
        return new Allowed(permit.allowance(key), permit.ofAccount(), everyone);
    }

    long maxInputTokens() {
        return Math.min(Math.min(key.maxInputTokens(), account.maxInputTokens()), everyone.maxInputTokens());
    }

    long maxOutputTokens() {
        return Math.min(Math.min(key.maxOutputTokens(), account.maxOutputTokens()), everyone.maxOutputTokens());
    }

    /** Whether it matters how many tokens the input has. */
    boolean countsInput() {
        return maxInputTokens() != Allowance.UNLIMITED
                || key.tokensPerMinute() != Allowance.UNLIMITED
                || account.tokensPerMinute() != Allowance.UNLIMITED
                || hasBudget();
    }

    /** Whether it matters what the request costs. */
    boolean hasBudget() {
        return key.hasBudget() || account.hasBudget();
    }
}
