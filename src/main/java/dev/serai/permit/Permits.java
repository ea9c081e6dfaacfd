package dev.serai.permit;

import dev.serai.access.AccessKey;
import dev.serai.access.Scope;
import dev.serai.selection.Credentials;
import dev.serai.selection.Directory;
import java.util.List;
import java.util.Map;

/** The permits of all access keys, as of one moment. Immutable. */
public final class Permits {
    private static final Scope NOTHING = Scope.of(List.of(), List.of());

    private final Map<String, Permit> byConfiguration;
    private final Map<String, Permit> byAccount;
    private final Permit usual;

    /**
     * @param byConfiguration for keys that have a configuration, by its id
     * @param byAccount       for the others, by the account's id
     * @param usual           for accounts that nothing is known of
     */
    Permits(Map<String, Permit> byConfiguration, Map<String, Permit> byAccount, Permit usual) {
        this.byConfiguration = Map.copyOf(byConfiguration);
        this.byAccount = Map.copyOf(byAccount);
        this.usual = usual;
    }

    /** Those of a Serai that has nothing but files. */
    public static Permits ofFiles(Directory directory, Credentials managed) {
        return new Permits(Map.of(), Map.of(), Permit.usual(directory, managed));
    }

    /** What may be done with this key. */
    public Permit of(AccessKey key) {
        Permit ofAccount = byAccount.getOrDefault(key.accountId(), usual);
        String configuration = key.configurationId();
        if (configuration == null) {
            return ofAccount.within(key.scope());
        }
        // The store lets no key name a configuration that is not there; should it ever, the key may call nothing.
        return byConfiguration
                .getOrDefault(configuration, ofAccount.within(NOTHING))
                .within(key.scope());
    }
}
