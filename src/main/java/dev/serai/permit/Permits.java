package dev.serai.permit;

import dev.serai.access.AccessKey;
import dev.serai.selection.Credentials;
import dev.serai.selection.Directory;
import java.util.Map;

/** The permits of all access keys, as of one moment. Immutable. */
public final class Permits {
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
        String configuration = key.configurationId();
        Permit permit = configuration == null ? null : byConfiguration.get(configuration);
        return (permit == null ? byAccount.getOrDefault(key.accountId(), usual) : permit).within(key.scope());
    }
}
