package dev.serai.permit;

import dev.serai.access.AccessKey;
import dev.serai.access.KeyHash;
import dev.serai.selection.Credentials;
import dev.serai.selection.Directory;
import java.util.Map;

/** What is known of access keys beside the files, as of one moment. Immutable. */
public interface PermitSource {
    /** The keys that are in no file. */
    Map<KeyHash, AccessKey> keys();

    /** The permits of all keys, where files say this of models. Takes as long as there are configurations; called when something changes. */
    Permits permits(Directory files);

    /** Nothing but files. */
    static PermitSource ofFiles(Credentials managed) {
        return new PermitSource() {
            @Override
            public Map<KeyHash, AccessKey> keys() {
                return Map.of();
            }

            @Override
            public Permits permits(Directory files) {
                return Permits.ofFiles(files, managed);
            }
        };
    }
}
