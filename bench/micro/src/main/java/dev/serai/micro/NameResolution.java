package dev.serai.micro;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import dev.serai.selection.Aliases;
import dev.serai.selection.Directory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a model name means, in a catalog of 2,000 models at 20 providers: the rules in the order of the shipped route. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NameResolution {
    private static final int PROVIDERS = 20;
    private static final int MODELS_EACH = 100;

    /** With its provider; alone; alone in another case; with colons and slashes that are no provider's; unknown. */
    @Param({
        "provider-07:maker/model-7-42",
        "maker/model-13-99",
        "Maker/MODEL-13-99",
        "maker/model-3:free",
        "maker/nobody-knows"
    })
    String name;

    private Directory directory;

    @Setup
    public void fill() {
        List<Provider> providers = new ArrayList<>();
        for (int p = 0; p < PROVIDERS; p++) {
            List<Model> models = new ArrayList<>();
            for (int m = 0; m < MODELS_EACH; m++) {
                models.add(new Model("maker/model-" + p + "-" + m));
            }
            String id = String.format("provider-%02d", p);
            providers.add(Provider.builder(id, URI.create("https://" + id + ".example/v1"))
                    .models(models)
                    .build());
        }
        directory = new Directory(new Catalog(providers), Aliases.NONE);
    }

    @Benchmark
    public Object resolve() {
        Object named = directory.named(name);
        if (named != null) {
            return named;
        }
        List<Catalog.Entry> listed = directory.listed(name);
        return listed.isEmpty() ? directory.alias(name) : listed;
    }
}
