package dev.serai.steps;

import dev.serai.access.AccessKeys;
import dev.serai.access.Secrets;
import dev.serai.dialect.Dialects;
import dev.serai.selection.CallableModels;
import dev.serai.selection.ProviderCredentials;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/** The processors by the names that the route files refer to. */
public final class Steps {
    private Steps() {}

    /**
     * @param selection    the steps of {@code selection.camel.yaml}
     * @param secrets      what no error may contain
     * @param workers      reads large bodies; bounded
     * @param maxBodyBytes the body limit, which holds for decompressed bodies too
     */
    public static Map<String, Processor> beans(
            Dialects dialects,
            SelectionSteps selection,
            ProviderCredentials credentials,
            Supplier<AccessKeys> keys,
            Secrets secrets,
            Executor workers,
            int maxBodyBytes) {
        Map<String, Processor> beans = new HashMap<>(selection.steps(dialects));
        beans.putAll(Map.ofEntries(
                Map.entry("authenticate", new Authenticate(keys)),
                Map.entry("readRequest", new ReadRequest(dialects, workers, maxBodyBytes)),
                Map.entry("nextAttempt", new NextAttempt()),
                Map.entry("writeRequest", new WriteRequest(dialects)),
                Map.entry("attachCredential", new AttachCredential()),
                Map.entry("readReply", new ReadReply(dialects)),
                Map.entry("judgeAttempt", new JudgeAttempt()),
                Map.entry("describeReply", new DescribeReply()),
                Map.entry("describeModels", new DescribeModels(new CallableModels(credentials), selection.directory())),
                Map.entry("writeError", new WriteError(dialects, secrets))));
        return beans;
    }
}
