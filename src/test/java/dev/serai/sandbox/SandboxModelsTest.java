package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.models.models.ModelInfo;
import com.openai.models.models.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxModelsTest {
    private static final String[] IDS = {"echo", "slow", "tool", "fail", "stall", "embed"};

    private static RunningSandbox sandbox;

    @BeforeAll
    static void start() throws Exception {
        sandbox = new RunningSandbox(Timing.SHIPPED);
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void a_client_of_openai_finds_the_six_models() {
        assertThat(sandbox.openai().models().list().autoPager())
                .extracting(Model::id)
                .containsExactly(IDS);
    }

    @Test
    void a_client_of_anthropic_finds_the_six_models() {
        assertThat(sandbox.anthropic().models().list().autoPager())
                .extracting(ModelInfo::id)
                .containsExactly(IDS);
    }
}
