package dev.serai.micro;

import dev.serai.catalog.Catalog;
import dev.serai.selection.Directory;
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
    /** With its provider; alone; alone in another case; with colons and slashes that are no provider's; unknown. */
    @Param({
        "provider-7:maker-7/model-42-of-2026-11",
        "maker-13/model-99-of-2026-11",
        "Maker-13/MODEL-99-of-2026-11",
        "maker-3/model:free",
        "maker-3/nobody-knows"
    })
    String name;

    private final Directory directory = LargeCatalog.directory();

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
