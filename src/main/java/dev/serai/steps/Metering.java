package dev.serai.steps;

import dev.serai.credits.Budgets;
import dev.serai.credits.Tariff;
import dev.serai.credits.Wallets;
import dev.serai.usage.EventIds;
import dev.serai.usage.Settlements;
import java.time.Clock;

/**
 * What counts, prices and charges the requests of this node.
 *
 * @param isPrepaid         whether accounts pay with credits; if not, what is used is written down and nobody waits for it
 * @param refusesUnpriced   whether a model without a price is refused to accounts that pay for it
 * @param holdOutputTokens  with how much output a hold counts if the request sets no limit
 * @param tariff            what accounts pay that have no terms of their own
 */
public record Metering(
        boolean isPrepaid,
        boolean refusesUnpriced,
        long holdOutputTokens,
        Tariff tariff,
        Budgets budgets,
        Wallets wallets,
        Settlements settlements,
        EventIds ids,
        Clock clock) {}
