package dev.serai;

import dev.serai.dialect.Translator;
import dev.serai.steps.DialectTransformer;
import java.time.Clock;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;

/**
 * The data types of the dialects, for an application that has Serai's jar on its class path and no gateway: Camel finds this class by
 * itself when a route first names one of them, through the files in {@code META-INF/services/org/apache/camel/transformer}. What the
 * types are called is said in {@link DialectTransformer}. Any thread.
 */
public final class DialectTypes extends Transformer {
    private final Transformer dialects =
            new DialectTransformer(Formats.dialects(), new Translator(Formats.codecs()), Clock.systemUTC());

    /** For Camel. */
    public DialectTypes() {
        super(DialectTransformer.SCHEME);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws Exception {
        dialects.transform(message, from, to);
    }
}
