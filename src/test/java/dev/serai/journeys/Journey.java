package dev.serai.journeys;

import dev.serai.RunningSerai;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For a class of tests: one Serai, whose providers are the shipped ones, {@code raw}, and what the class adds. */
class Journey implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> environment = new HashMap<>(Map.of(RawProvider.KEY_VARIABLE, RawProvider.KEY));
    private RawProvider provider;
    private RunningSerai serai;
    private Path folder;

    /** Sets a variable of the environment that Serai starts in. */
    Journey with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** For subclasses: adds files to what lies beside the jar. */
    void prepare(Path beside) throws Exception {
        // the provider's file is enough for most
    }

    @Override
    public void beforeAll(ExtensionContext test) throws Exception {
        folder = Files.createTempDirectory("serai-journey");
        provider = new RawProvider();
        provider.describeIn(folder.resolve("config"));
        prepare(folder);
        serai = new RunningSerai(folder, environment);
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (serai != null) {
            serai.close();
        }
        provider.close();
        FileUtil.removeDir(folder.toFile());
    }

    RawProvider provider() {
        return provider;
    }

    RunningSerai serai() {
        return serai;
    }
}
