package dev.serai.command;

import dev.serai.client.ApiAddress;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that calls the management API of a running Serai. What the API refuses, it prints, and exits with 1. */
@Command
abstract class ApiCommand extends JsonCommand implements Callable<Integer> {
    static final int FAILED = 1;

    private static final int CHANGED_BY_OTHERS = 412;

    private final ApiSetup setup;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Of the admin port. Default: SERAI_API_URL, or " + ApiAddress.USUAL + ".")
    private @Nullable String url;

    @Option(names = "--account", paramLabel = "ID", description = "For operators: whose objects are meant.")
    private @Nullable String account;

    ApiCommand(ApiSetup setup) {
        this.setup = setup;
    }

    final ApiSetup setup() {
        return setup;
    }

    /** Does the work. */
    abstract int run(ApiClient api) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try {
            ApiAddress address = ApiAddress.of(url, setup.environment());
            if (address.isOpen()) {
                err().println("serai: the API key goes to " + address.base() + " unencrypted");
            }
            return run(new ApiClient(address, account));
        } catch (CallException e) {
            err().println("serai: "
                    + (e.status() == CHANGED_BY_OTHERS
                            ? "Somebody else changed it while this command ran, and nothing was done. See how it is now,"
                                    + " and try again."
                            : e.getMessage()));
            return FAILED;
        } catch (UnclearNameException e) {
            err().println("serai: " + e.getMessage());
            return FAILED;
        }
    }
}
