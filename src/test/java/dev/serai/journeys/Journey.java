package dev.serai.journeys;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.serai.RunningSerai;
import dev.serai.gateway.GatewayComponent;
import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For a class of tests: one Serai, whose providers are the shipped ones, {@link RawProvider raw}, and what the class adds; and the
 * official clients, set to refuse any answer which is not exactly as their types say, and never to try again.
 */
class Journey implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Path folder;
    private RawProvider provider;
    private RunningSerai serai;

    /** For subclasses: what they want otherwise. */
    void prepare(RunningSerai.Setup setup) throws Exception {
        // most want what is shipped
    }

    @Override
    public void beforeAll(ExtensionContext test) throws Exception {
        folder = Files.createTempDirectory("serai-journey");
        provider = new RawProvider();
        RunningSerai.Setup setup = RunningSerai.in(folder)
                .withoutBreakers()
                .with(RawProvider.KEY_VARIABLE, RawProvider.KEY)
                .withProviderFile("raw", RawProvider.file("raw", provider.url()))
                .withProviderFile("by-openai-chat", Way.sandboxBy("openai-chat", "/chat/completions"))
                .withProviderFile("by-openai-responses", Way.sandboxBy("openai-responses", "/responses"))
                .withProviderFile("by-anthropic-messages", Way.sandboxBy("anthropic-messages", "/messages"))
                .withProviderFile("by-gemini", Way.geminiOf(provider.url()));
        prepare(setup);
        serai = setup.start();
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

    RawClient raw() throws IOException {
        return serai.client();
    }

    /** A client of the admin port, for those who have switched it on. */
    RawClient admin() throws IOException {
        throw new IllegalStateException("this Serai has no admin port");
    }

    OpenAIClient openai() {
        return openai(RunningSerai.KEY);
    }

    OpenAIClient openai(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(url() + "/v1")
                .apiKey(key)
                .responseValidation(true)
                .maxRetries(0)
                .timeout(PATIENCE)
                .build();
    }

    AnthropicClient anthropic() {
        return anthropic(RunningSerai.KEY);
    }

    AnthropicClient anthropic(String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(url())
                .apiKey(key)
                .responseValidation(true)
                .maxRetries(0)
                .timeout(PATIENCE)
                .build();
    }

    private String url() {
        return "http://127.0.0.1:" + serai.configuration().port();
    }

    /** Every call, in the sandbox too, ends within a second: the last byte is read a moment before its call is over. */
    void expectToBeIdleWithinASecond() {
        Await.within(1_000, "every call has ended", () -> openCalls() == 0);
    }

    private int openCalls() {
        return component("gateway").openCalls() + component("sandbox").openCalls();
    }

    private GatewayComponent component(String name) {
        return serai.context().getComponent(name, GatewayComponent.class);
    }
}
