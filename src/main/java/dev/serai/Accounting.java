package dev.serai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.credits.Budgets;
import dev.serai.credits.Dollars;
import dev.serai.credits.LowBalance;
import dev.serai.credits.Wallets;
import dev.serai.steps.Metering;
import dev.serai.steps.UsageSteps;
import dev.serai.store.Ledger;
import dev.serai.store.StoreAwayException;
import dev.serai.store.UsageEventJson;
import dev.serai.telemetry.Measures;
import dev.serai.usage.Bookkeeping;
import dev.serai.usage.EventIds;
import dev.serai.usage.NodeName;
import dev.serai.usage.Settlements;
import dev.serai.usage.Spool;
import dev.serai.usage.UsageLog;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What counts and charges requests, wired by hand: holds in memory, events into the store, a spool on the disk beside it. */
final class Accounting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Accounting.class);

    /** How long the store may take for a charge before the local disk has it instead. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** How long events are gathered for which nobody waits: fewer transactions cost a request less than half. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private final NodeName node;
    private final Metering metering;
    private final Bookkeeping bookkeeping;
    private final DailyWork dailyWork;
    private final UsageDelivery delivery;
    private final ExecutorService budgetReader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "serai-budgets");
        thread.setDaemon(true);
        return thread;
    });
    private final Budgets budgets;
    private volatile @Nullable ProducerTemplate warnings;

    private Accounting(NodeName node, Options options, Path home, Management management, Clock clock)
            throws ConfigurationException, IOException {
        this.node = node;
        Ledger ledger = management.ledger();
        options.expireLotsEvery();
        dailyWork = new DailyWork(ledger, management.retention(), options.usageRetention(), clock);
        delivery = new UsageDelivery(new UsageSteps(management.sinks(), node.text(), options.usageFromFirst(), clock));
        Spool spool = new Spool(home.resolve("spool"), UsageEventJson.form(), options.spoolBytes());
        Wallets wallets = new Wallets(ledger, node.text(), clock, options.holdExpiry());
        Settlements settlements = new Settlements(
                ledger,
                spool,
                wallets,
                node.text(),
                StoreAwayException.class::isInstance,
                clock,
                new Settlements.Pace(options.isPrepaid() ? Duration.ZERO : GATHER, PATIENCE),
                this::posted);
        bookkeeping = new Bookkeeping(settlements, wallets);
        budgets = new Budgets(management.spending(), budgetReader, clock);
        metering = new Metering(
                options.isPrepaid(),
                options.refusesUnpriced(),
                options.holdOutputTokens(),
                options.tariff(),
                budgets,
                wallets,
                settlements,
                new EventIds(clock, new SecureRandom()),
                clock);
    }

    /** @throws ConfigurationException if accounts are to pay, and there is no database of them */
    static void check(Settings settings) throws ConfigurationException {
        if (new Options(settings).isPrepaid() && !Management.isWanted(settings)) {
            throw new ConfigurationException(new Problem(
                    "serai.credits",
                    0,
                    "prepaid needs the database of accounts: an admin port, or one that serai.database-url names"));
        }
    }

    /**
     * Nothing is counted before the context starts.
     *
     * @throws ConfigurationException if a setting is wrong
     * @throws IOException            if the spool cannot be opened
     */
    static Accounting open(Options options, Path home, Management management, Measures measures, Clock clock)
            throws ConfigurationException, IOException {
        NodeName node = NodeName.in(home, new SecureRandom());
        try {
            Accounting accounting = new Accounting(node, options, home, management, clock);
            Metering metering = accounting.metering;
            measures.charges(
                    metering.settlements()::waiting, metering.settlements()::spooledBytes, metering.wallets()::open);
            return accounting;
        } catch (ConfigurationException | IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    Metering metering() {
        return metering;
    }

    void install(CamelContext context) {
        context.getRegistry().bind("chargesHealth", new ChargesHealth(metering.settlements(), metering.isPrepaid()));
        Processor expiry = exchange -> metering.wallets().expire();
        context.getRegistry().bind("expireHolds", expiry);
        Processor comparison = exchange -> budgets.compare();
        context.getRegistry().bind("compareBudgets", comparison);
        dailyWork.install(context);
        delivery.install(context);
        bookkeeping.start();
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarted(CamelContext started) {
                warnings = started.createProducerTemplate();
            }

            /** Here and not later: when a signal stops the process, nobody waits for what comes after the context. */
            @Override
            public void onContextStopped(CamelContext stopped) {
                close();
            }
        });
    }

    private void posted(UsageLog.Posting posting) {
        ProducerTemplate told = warnings;
        if (told != null) {
            posting.accounts().forEach(standing -> LowBalance.of(standing).ifPresent(low -> warn(told, low)));
        }
    }

    /** On a thread of the context: nobody's charge waits for what a user does about it. */
    private static void warn(ProducerTemplate told, LowBalance low) {
        String text = JsonNodeFactory.instance
                .objectNode()
                .put("account", low.accountId())
                .put("percent", low.percent())
                .put("balance", Dollars.ofNanos(low.balanceNanos()))
                .toString();
        try {
            var unused = told.asyncSendBody("direct:credits-low?failIfNoConsumers=false&block=false", text);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("nobody can be told that credits are running low: {}", text);
        }
    }

    @Override
    public void close() {
        bookkeeping.close();
        budgetReader.shutdownNow();
        try {
            node.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the name of this node cannot be let go of");
        }
    }
}
