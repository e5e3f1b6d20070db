/**
 * Encrypted, authenticated and budgeted connections between peers that carry opaque frames.
 *
 * <p>{@link synod.p2p.PeerNetwork} is the way in; the other public types are its vocabulary. This module knows nothing
 * of blocks or votes. The peer table, penalties, budgets, back-off and the rule for duplicate connections are pure and
 * take the time and randomness as arguments; only the classes around the sockets read clocks.
 *
 * <p>On the wire, inside TLS 1.3: frames, each a length (4 bytes, big-endian, of the payload alone), a kind (1 byte) and
 * the payload. The dialler says hello (or probes), the listener answers with its hello or a goodbye; then either side
 * sends what it likes, until a goodbye or the end. {@link synod.p2p.ControlKind} lists this module's kinds.
 */
@NullMarked
package synod.p2p;

import org.jspecify.annotations.NullMarked;
