package dev.serai;

import dev.serai.steps.UsageSteps;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;

/** What the routes {@code deliver-usage} and {@code deliver-to-sink} need in a context. */
record UsageDelivery(UsageSteps steps) {
    private static final int AT_ONCE = 8;

    void install(CamelContext context) {
        // Its threads are there while there is something to deliver. A route that hangs holds one of them, and no other
        // route.
        context.getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder("usageSinks")
                        .poolSize(AT_ONCE)
                        .maxPoolSize(AT_ONCE)
                        .allowCoreThreadTimeOut(true)
                        .build());
        steps.beans().forEach((name, step) -> context.getRegistry().bind(name, step));
        steps.questions().forEach((name, question) -> context.getRegistry().bind(name, question));
    }
}
