package dev.serai.permit;

import dev.serai.access.Secret;
import dev.serai.selection.KeySource;

/**
 * A provider key of an account, ready for use.
 *
 * @param provider the provider's id
 * @param source   its id, and what people may see of it
 */
record OpenedKey(String provider, Secret value, KeySource source) {}
