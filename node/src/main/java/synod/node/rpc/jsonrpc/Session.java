package synod.node.rpc.jsonrpc;

import java.util.Optional;
import synod.node.rpc.subscription.Subscriber;

/** Who calls, as the transport knows it. */
public interface Session {
    /** Whether the caller showed the admin cookie. */
    boolean admin();

    /** Where notifications go; empty over plain HTTP, which cannot carry them. */
    Optional<Subscriber> subscriber();
}
