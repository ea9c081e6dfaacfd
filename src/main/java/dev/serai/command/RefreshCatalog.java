package dev.serai.command;

import dev.serai.refresh.CatalogRefresh;
import dev.serai.refresh.ListException;
import dev.serai.refresh.ListRequest;
import dev.serai.refresh.ListUrl;
import dev.serai.refresh.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code serai catalog refresh}: compares lists of models with the provider files, and writes overlays if asked to. Exits with 1 if
 * a list could not be had, or was not used.
 */
@Command(
        name = "refresh",
        description = "Fetch lists of models and show what they say beyond the provider files; with --write, keep it in"
                + " config/overlays. Provider files are never written.")
public final class RefreshCatalog extends TerminalCommand implements Callable<Integer> {
    private final Setup setup;

    @Option(
            names = "--provider",
            paramLabel = "ID",
            description = "Only this provider. Default: all whose key is set, or all that the document names.")
    private @Nullable String provider;

    @Option(
            names = "--from",
            paramLabel = "URL|FILE",
            description = "A document of models.dev's form, such as https://models.dev/api.json, or a list of one"
                    + " provider's models. Default: the providers' own lists.")
    private @Nullable String from;

    @Option(names = "--write", description = "Write the overlays.")
    private boolean write;

    public RefreshCatalog(Setup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws Exception {
        Installation installation = setup.find();
        if (write && installation.files().overlays().isEmpty()) {
            throw new ListException("there is no folder to write to; name one with --config");
        }
        List<Outcome> outcomes = new ArrayList<>();
        boolean failed = false;
        if (from != null && !from.contains("://")) {
            failed = attempt(from, outcomes, () -> takeFile(installation.refresh(), Path.of(from)));
        } else {
            List<ListRequest> requests = requests(installation.refresh());
            if (requests.isEmpty()) {
                throw new ListException(
                        "no provider that has a list has a key; set one, or name a document with --from");
            }
            for (ListRequest request : requests) {
                failed |= attempt(request.by(), outcomes, () -> installation.fetch(request));
            }
        }
        outcomes.forEach(this::print);
        end(outcomes);
        return failed || outcomes.stream().anyMatch(Outcome::isFailed) ? 1 : 0;
    }

    private List<ListRequest> requests(CatalogRefresh refresh) throws Exception {
        if (from != null) {
            return List.of(refresh.listAt(url(from), provider, write));
        }
        return provider == null ? refresh.ownLists(write) : List.of(refresh.ownList(provider, write));
    }

    private static URI url(String from) throws ListException {
        try {
            return ListUrl.parse(from);
        } catch (ListException e) {
            throw new ListException("--from " + e.getMessage());
        }
    }

    private List<Outcome> takeFile(CatalogRefresh refresh, Path file) throws Exception {
        byte[] text;
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than is allowed, so that what is too large is seen to be.
            text = in.readNBytes(CatalogRefresh.MAX_LIST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ListException("there is no such file", e);
        } catch (IOException e) {
            throw new ListException("it cannot be read: " + e.getMessage(), e);
        }
        return refresh.take(provider, String.valueOf(file.getFileName()), text, write);
    }

    /** @return whether it failed */
    private boolean attempt(String list, List<Outcome> outcomes, Callable<List<Outcome>> action) throws Exception {
        try {
            outcomes.addAll(action.call());
            return false;
        } catch (ListException | IOException e) {
            err().println("serai: " + list + " is not used: " + e.getMessage());
            return true;
        }
    }

    private void print(Outcome outcome) {
        PrintWriter out = out();
        if (outcome.isFailed()) {
            err().println("serai: " + outcome.provider() + ": " + outcome.failure());
        } else {
            String state = outcome.written() ? "written" : outcome.isChanged() ? "would be written" : "nothing new";
            out.println(outcome.provider() + ": " + outcome.file() + " (" + state + ")");
            outcome.changes().forEach(change -> out.println("  " + change));
        }
    }

    private void end(List<Outcome> outcomes) {
        PrintWriter out = out();
        if (outcomes.stream().anyMatch(outcome -> !outcome.changes().isEmpty())) {
            out.println();
            out.println(
                    "+ added   ~ filled in or changed   - gone   ! the provider file says otherwise, and counts   ? left out");
        }
        if (!write && outcomes.stream().anyMatch(Outcome::isChanged)) {
            out.println("Nothing was written; --write does.");
        }
    }
}
