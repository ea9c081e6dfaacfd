package dev.serai;

import dev.serai.access.BootstrapKey;
import dev.serai.access.Pepper;
import dev.serai.access.Secret;
import dev.serai.secrets.MasterKeys;
import dev.serai.secrets.ReferenceException;
import dev.serai.secrets.References;
import dev.serai.secrets.SecretFiles;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;

/**
 * References in the words of Camel's property functions (https://camel.apache.org/manual/using-propertyplaceholder.html): {@code env} and
 * {@code file} are answered here, vaults by the functions of Camel's components, which come with jars that Serai does not bring.
 */
final class CamelReferences implements References {
    private static final Pattern FORM = Pattern.compile("\\{\\{([a-z][a-z-]*):([^{}]+)}}");
    private static final int MAX_CHARS = 10_000;

    /** Functions of Camel's own that tell of other things than secrets, such as Serai's settings. */
    private static final Set<String> NO_PLACES =
            Set.of("sys", "service", "service.host", "service.name", "service.port", "boolean", "bean", "configmap");

    private static final Map<String, String> JARS = Map.of(
            "aws", "camel-aws-secrets-manager",
            "azure", "camel-azure-key-vault",
            "gcp", "camel-google-secret-manager",
            "hashicorp", "camel-hashicorp-vault",
            "secret", "camel-kubernetes");

    /** What opens everything else is for Serai alone. */
    private static final Set<String> SERAIS_OWN = Set.of(
            MasterKeys.VARIABLE,
            Pepper.VARIABLE,
            BootstrapKey.VARIABLE,
            BootstrapKey.API_VARIABLE,
            "SERAI_DATABASE_URL",
            "SERAI_STRIPE_SECRET_KEY",
            "SERAI_STRIPE_WEBHOOK_SECRET");

    private final Map<String, String> environment;
    private final SecretFiles files;
    private volatile @Nullable CamelContext context;

    CamelReferences(Map<String, String> environment, SecretFiles files) {
        this.environment = environment;
        this.files = files;
    }

    /** Before this, vaults cannot be asked. */
    void answeredBy(CamelContext installed) {
        context = installed;
    }

    /** The parts of an expression. */
    private record Parsed(String kind, String name) {}

    private Parsed parsed(String expression) {
        Matcher form = FORM.matcher(expression);
        if (!form.matches()) {
            throw ReferenceException.forGood("a reference has the form {{kind:name}}, such as {{env:OPENAI_KEY}}");
        }
        return new Parsed(form.group(1), form.group(2));
    }

    @Override
    public void check(String expression) {
        Parsed parsed = parsed(expression);
        switch (parsed.kind()) {
            case "env" -> {
                if (SERAIS_OWN.contains(parsed.name())) {
                    throw ReferenceException.forGood(parsed.name() + " is for Serai alone, and for no provider");
                }
            }
            case "file" -> files.file(parsed.name());
            default -> function(parsed.kind());
        }
    }

    @Override
    public Secret value(String expression) {
        check(expression);
        Parsed parsed = parsed(expression);
        String text =
                switch (parsed.kind()) {
                    case "env" -> environment.get(parsed.name());
                    case "file" -> files.read(parsed.name());
                    default -> asked(parsed);
                };
        if (text == null) {
            throw ReferenceException.now(
                    parsed.kind().equals("env")
                            ? parsed.name() + " is not set in the environment of this Serai; set it and start again"
                            : parsed.kind() + " knows no " + parsed.name());
        }
        String value = text.strip();
        if (value.isEmpty() || value.length() > MAX_CHARS || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw ReferenceException.now("what " + expression + " leads to is no key: a key has 1 to " + MAX_CHARS
                    + " visible ASCII characters in one line");
        }
        return new Secret(value);
    }

    @Override
    public boolean isNear(String expression) {
        return expression.startsWith("{{env:") || expression.startsWith("{{file:");
    }

    private PropertiesFunction function(String kind) {
        CamelContext installed = context;
        if (installed == null) {
            throw ReferenceException.now("Serai is starting");
        }
        try {
            // Looks for the function on the class path; hasPropertiesFunction does not.
            PropertiesFunction function = NO_PLACES.contains(kind)
                    ? null
                    : installed.getPropertiesComponent().getPropertiesFunction(kind);
            if (function != null) {
                return function;
            }
        } catch (LinkageError | RuntimeException e) {
            throw ReferenceException.forGood("{{" + kind + ":…}} cannot be used: "
                    + (e instanceof LinkageError
                            ? "a jar that " + JARS.getOrDefault(kind, "it") + " needs is not on the" + " class path"
                            : "it is not set up; " + reason(e)));
        }
        String jar = JARS.get(kind);
        if (jar == null) {
            throw ReferenceException.forGood("there is no place called " + kind
                    + "; there are env, file, and with their jars " + String.join(", ", new TreeSet<>(JARS.keySet())));
        }
        throw ReferenceException.forGood("{{" + kind + ":…}} takes the jar " + jar + "-" + installed.getVersion()
                + " and those that it needs on the class path; docs/management-api.md says how");
    }

    /** Camel's functions answer with null, or throw, where there is no such secret. */
    private @Nullable String asked(Parsed parsed) {
        try {
            return function(parsed.kind()).apply(parsed.name());
        } catch (RuntimeException | LinkageError e) {
            if (e instanceof ReferenceException told) {
                throw told;
            }
            throw ReferenceException.now(parsed.kind() + " could not be asked for " + parsed.name() + ": " + reason(e));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
