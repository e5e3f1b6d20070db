/**
 * The Stratum v1 server: hands out a node's block candidates to miners and takes their shares. {@link StratumServer} is the
 * edge with the sockets; everything else is a state machine on its one thread, told the time.
 */
@NullMarked
package synod.node.stratum;

import org.jspecify.annotations.NullMarked;
