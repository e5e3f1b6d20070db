package synod.node.rpc.subscription;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be subscribed to. */
public enum Topic {
    /** The head moved. */
    HEADS,
    /** A block became final. */
    FINALITY,
    /** A transaction began to wait, or stands in a block of the adopted branch. */
    TRANSACTIONS;

    /** The name in requests and notifications. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Topic::label).toList();
    }

    /** The topic of a name that {@link #labels} lists. */
    public static Topic of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
