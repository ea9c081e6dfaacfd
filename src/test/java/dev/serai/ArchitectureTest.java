package dev.serai;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The design as rules. A rule whose package is gone fails, unless it says why it may be empty, so that a rename cannot
 * switch one off.
 */
@AnalyzeClasses(packages = "dev.serai", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.serai";
    private static final String SANDBOX = "dev.serai.sandbox..";
    private static final String SANDBOX_REASON = "a pretend server needs a server's tools";
    private static final DescribedPredicate<JavaAnnotation<?>> OF_AN_INJECTOR = DescribedPredicate.describe(
            "an annotation of an injector",
            annotation ->
                    annotation.getRawType().getPackageName().matches("(jakarta|javax)\\.inject|org\\.apache\\.camel"));
    private static final String[] JDK = {"java..", "org.jspecify.annotations.."};

    @ArchTest
    static final ArchRule camel_stays_at_the_edges = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT,
                    "dev.serai.gateway..",
                    "dev.serai.upstream..",
                    "dev.serai.steps..",
                    "dev.serai.management..",
                    SANDBOX)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("the domain must be usable, and testable, without a Camel context; " + SANDBOX_REASON);

    @ArchTest
    static final ArchRule vertx_stays_at_the_edges = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, "dev.serai.gateway..", "dev.serai.upstream..", SANDBOX)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..")
            .because("event loops, buffers and sockets are the business of the two components that own them; "
                    + SANDBOX_REASON);

    @ArchTest
    static final ArchRule the_sandbox_shares_no_wire_format_with_the_gateway = noClasses()
            .that()
            .resideInAPackage(SANDBOX)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.serai.dialect..", "dev.serai.conversation..", "dev.serai.sse..", "dev.serai.json..")
            .because("a pretend provider that shared the gateway's code would share its mistakes, and hide them");

    @ArchTest
    static final ArchRule conversation_knows_only_the_jdk = classes()
            .that()
            .resideInAPackage("dev.serai.conversation..")
            .should()
            .onlyDependOnClassesThat(inPackages("dev.serai.conversation..", JDK))
            .because("the model must outlive Camel and Jackson");

    @ArchTest
    static final ArchRule event_streams_know_only_the_jdk = classes()
            .that()
            .resideInAPackage("dev.serai.sse..")
            .should()
            .onlyDependOnClassesThat(inPackages("dev.serai.sse..", JDK))
            .because("the standard for event streams names no provider, and no transport");

    @ArchTest
    static final ArchRule json_knows_only_the_jdk_and_jackson = classes()
            .that()
            .resideInAPackage("dev.serai.json..")
            .should()
            .onlyDependOnClassesThat(inPackages("dev.serai.json..", JDK)
                    .or(JavaClass.Predicates.resideInAPackage("com.fasterxml.jackson..")))
            .because("JSON has the same rules in every dialect");

    @ArchTest
    static final ArchRule what_is_managed_knows_only_the_jdk_and_keys = classes()
            .that()
            .resideInAPackage("dev.serai.control..")
            .should()
            .onlyDependOnClassesThat(inPackages("dev.serai.control..", JDK)
                    .or(JavaClass.Predicates.resideInAPackage("dev.serai.access..")))
            .because("an account or a configuration is the same thing in every database and every API");

    @ArchTest
    static final ArchRule databases_stay_in_the_store = noClasses()
            .that()
            .resideOutsideOfPackage("dev.serai.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "org.jdbi..",
                    "org.flywaydb..",
                    "com.zaxxer.hikari..",
                    "org.sqlite..",
                    "org.postgresql..")
            .because("statements are in one place, where a test runs each of them on both databases");

    @ArchTest
    static final ArchRule dialects_do_not_know_each_other = slices().matching("dev.serai.dialect.(*)..")
            .should()
            .notDependOnEachOther()
            .because("with N formats there are N codecs around one conversation model, not N times N translators")
            .allowEmptyShould(
                    true); // a slice is a codec's package; the contracts can stand before the first codec does

    @ArchTest
    static final ArchRule packages_form_no_cycles = slices().matching("dev.serai.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a package that needs its own users cannot be read, tested or taken out alone");

    @ArchTest
    static final ArchRule one_logging_facade = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..", "org.apache.log4j..")
            .because("secrets are redacted on the way through SLF4J and Logback, and nowhere else");

    @ArchTest
    static final ArchRule only_the_command_line_writes_to_the_console = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, "dev.serai.command..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("what is printed escapes redaction, levels and the JSON format of the log");

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields = noFields()
            .should()
            .beAnnotatedWith(OF_AN_INJECTOR)
            .because("an object that is complete after its constructor needs no container in its test");

    @ArchTest
    static final ArchRule state_is_not_shared_through_statics =
            fields().that().areStatic().should().beFinal().because("two gateways may run in one JVM");

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)")
            .because("such a name fits anything, so anything will be put there");

    private static DescribedPredicate<JavaClass> inPackages(String own, String[] others) {
        return JavaClass.Predicates.resideInAPackage(own).or(JavaClass.Predicates.resideInAnyPackage(others));
    }
}
