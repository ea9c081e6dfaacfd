import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;

/** Asks the route of this folder, and prints what came of the question. */
public final class TranslateOnly {
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Main camel = new Main();
        camel.configure().withRoutesIncludePattern("file:" + folder.resolve("translate.camel.yaml"));
        camel.addInitialProperty("folder", folder.toString());
        camel.start();
        try {
            byte[] question = Files.readAllBytes(folder.resolve("request.json"));
            Exchange exchange = camel.getCamelContext()
                    .createProducerTemplate()
                    .request("direct:ask", asked -> asked.getMessage().setBody(question));
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            System.out.println("sent:    " + exchange.getVariable("sent"));
            System.out.println("dropped: " + exchange.getVariable("dropped"));
            System.out.println("answer:  " + exchange.getMessage().getBody(String.class));
        } finally {
            camel.stop();
        }
    }
}
