package dev.serai;

import dev.serai.command.ApiCommands;
import dev.serai.command.ApiSetup;
import dev.serai.command.Apply;
import dev.serai.command.BackupStore;
import dev.serai.command.CheckStore;
import dev.serai.command.DiscoverProviders;
import dev.serai.command.ExportAccount;
import dev.serai.command.GrantCredits;
import dev.serai.command.GroupCommand;
import dev.serai.command.ListAudit;
import dev.serai.command.ListModels;
import dev.serai.command.ListPresets;
import dev.serai.command.ListProviders;
import dev.serai.command.ListTransactions;
import dev.serai.command.MigrateStore;
import dev.serai.command.RefreshCatalog;
import dev.serai.command.RestoreStore;
import dev.serai.command.RotateSecrets;
import dev.serai.command.Setup;
import dev.serai.command.ShowBalance;
import dev.serai.command.ShowModel;
import dev.serai.command.StoreSetup;
import dev.serai.command.UsageReport;
import dev.serai.command.VerifyCredits;
import dev.serai.config.ConfigurationException;
import dev.serai.refresh.LocalServer;
import dev.serai.telemetry.Logging;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: boots Camel Main with Serai in it, or checks that it could. */
@Command(
        name = "serai",
        description = "A self-hosted AI gateway built from Apache Camel routes.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Serai.VersionLine.class)
public final class Serai implements Callable<Integer> {
    private static final int REFUSED = 2;

    /** At the end of the help of the program, in 80 columns; not of its commands. */
    private static final String[] ENVIRONMENT = {
        "",
        "Environment: SERAI_HOST, SERAI_PORT (8080), SERAI_ADMIN_PORT (8081, on",
        "loopback), SERAI_HOME (where keys are kept), SERAI_BOOTSTRAP_ACCESS_KEY (fixes",
        "the first access key), OPENAI_API_KEY and the other keys that provider files",
        "name. Every setting in config/application.properties has a variable."
    };

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of route files; one replaces the shipped file of the same name. Default: the folder"
                    + " routes beside the jar, if there is one.")
    private @Nullable Path routes;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Folder of application.properties, providers/, overlays/ and aliases.yaml. Default: the folder"
                            + " config beside the jar, if there is one.")
    private @Nullable Path config;

    private final Map<String, String> environment;

    private Serai(Map<String, String> environment) {
        this.environment = environment;
    }

    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"serai " + Version.text() + " on Java " + Runtime.version()};
        }
    }

    public static void main(String[] arguments) {
        int exitCode = commandLine().execute(arguments);
        Logging.stop();
        System.exit(exitCode);
    }

    static CommandLine commandLine() {
        return commandLine(System.getenv(), Clock.systemUTC(), LocalServer.USUAL, System.in);
    }

    static CommandLine commandLine(
            Map<String, String> environment, Clock clock, List<LocalServer> localServers, InputStream in) {
        Serai serai = new Serai(environment);
        ApiSetup api = new ApiSetup(environment, clock, in);
        Setup setup = () -> new Installed(serai.settings(), clock);
        CommandLine line = new CommandLine(serai);
        group(
                line,
                "catalog",
                "Show the catalog of models, or bring it up to date.",
                new ListModels(setup),
                new ShowModel(setup),
                new RefreshCatalog(setup));
        group(
                line,
                "providers",
                "Show the providers, find those on this machine, or add others to a running Serai.",
                providers(setup, localServers, api));
        group(line, "presets", "Show what provider files may begin from.", new ListPresets(setup));
        StoreSetup store = () -> new InstalledStore(serai.settings(), clock);
        group(
                line,
                "store",
                "Look after the database of accounts, keys and settings.",
                new MigrateStore(store),
                new CheckStore(store),
                new BackupStore(store),
                new RestoreStore(store));
        group(line, "secrets", "Look after the keys that other keys are encrypted with.", new RotateSecrets(store));
        for (ApiCommands.Group group : ApiCommands.groups(api)) {
            group(line, group.name(), group.description(), group.commands().toArray());
        }
        group(
                line,
                "credits",
                "What accounts have left, and the books of it.",
                new ShowBalance(api),
                new GrantCredits(api),
                new ListTransactions(api),
                new VerifyCredits(store));
        group(line, "usage", "What accounts used.", new UsageReport(api));
        line.addSubcommand(new ListAudit(api));
        line.addSubcommand(new Apply(api));
        line.addSubcommand(new ExportAccount(api));
        // Last, because a command takes the footer of the program with it when it is added.
        line.getCommandSpec().usageMessage().footer(ENVIRONMENT);
        return line.setExecutionExceptionHandler((failure, at, parsed) -> {
            at.getErr().println("serai: " + said(failure));
            return REFUSED;
        });
    }

    private static Object[] providers(Setup setup, List<LocalServer> localServers, ApiSetup api) {
        return Stream.concat(
                        Stream.<Object>of(new ListProviders(setup), new DiscoverProviders(setup, localServers)),
                        ApiCommands.providers(api).stream())
                .toArray();
    }

    private static void group(CommandLine line, String name, String description, Object... commands) {
        CommandLine group = new CommandLine(new GroupCommand());
        group.getCommandSpec().usageMessage().description(description);
        line.addSubcommand(name, group);
        for (Object command : commands) {
            group.addSubcommand(command);
        }
    }

    private static String said(Exception failure) {
        if (failure instanceof ConfigurationException refused) {
            return "the configuration is refused:\n" + refused.getMessage();
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(failure.getMessage());
        return cause == failure ? message : message + "\ncaused by: " + cause.getMessage();
    }

    private Settings settings() throws ConfigurationException {
        return Settings.read(environment, besideJar(routes, "routes"), besideJar(config, "config"));
    }

    private static @Nullable Path besideJar(@Nullable Path asked, String folder) {
        if (asked != null) {
            return asked;
        }
        String code =
                Serai.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        Path beside = Path.of(code).resolveSibling(folder);
        return code.endsWith(".jar") && Files.isDirectory(beside) ? beside : null;
    }

    @Override
    public Integer call() throws Exception {
        long startNanos = System.nanoTime();
        try (SeraiConfiguration serai = new SeraiConfiguration(settings())) {
            Main main = boot(serai);
            main.addMainListener(new MainListenerSupport() {
                @Override
                public void afterStart(BaseMainSupport started) {
                    serai.discoverModels();
                    show(new Banner(serai, System.nanoTime() - startNanos), serai);
                }
            });
            main.run();
            return main.getExitCode();
        }
    }

    private static void show(Banner banner, SeraiConfiguration serai) {
        try {
            if (serai.firstAccessKey().isPresent()) {
                serai.firstAccessKey().get().keep();
            }
            System.out.println(banner);
        } catch (IOException e) {
            throw new UncheckedIOException("the first access key cannot be kept", e);
        }
    }

    /** Camel Main with Serai installed, not started. */
    static Main boot(SeraiConfiguration serai) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().withRoutesIncludePattern("false");
        serai.settings().values().forEach(main::addInitialProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport unconfigured) {
                serai.install(unconfigured.getCamelContext());
            }

            @Override
            public void afterConfigure(BaseMainSupport configured) {
                try {
                    serai.addRoutes(configured.getCamelContext());
                } catch (Exception e) {
                    throw new IllegalStateException("the routes cannot be loaded: " + e.getMessage(), e);
                }
            }
        });
        return main;
    }

    @Command(description = "Check configuration and routes, start them once on free loopback ports, and stop.")
    int check() throws Exception {
        System.out.println(new Check(settings()).run());
        return 0;
    }
}
