package dev.serai.control;

/**
 * A provider's credential that an account brought.
 *
 * @param providerId the provider that it is for; never changes
 */
public record ProviderKey(
        String id,
        String accountId,
        String providerId,
        String name,
        String description,
        ProviderKeyValue value,
        Stamp stamp)
        implements Stored {
    public ProviderKey {
        Checks.id("id", id);
        Checks.id("accountId", accountId);
        Checks.providerId("providerId", providerId);
        Checks.named(name);
        Checks.text("description", description, Checks.MAX_DESCRIPTION);
    }

    /** What people may see of the value: {@code first8***last4}, or the reference as it is. */
    public String shown() {
        return value instanceof ProviderKeyValue.Kept kept
                ? kept.redacted()
                : ((ProviderKeyValue.Reference) value).expression();
    }
}
