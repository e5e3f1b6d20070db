/**
 * A local network: its files, its nodes' processes, and what can be done to them.
 *
 * <p>A network is a {@link synod.testnet.network.TestnetDirectory directory}. Its truth is the genesis file, the nodes'
 * directories and the operating system's table of processes; {@code testnet.json} repeats it for other programs, such as
 * the wallet. Nothing here stays in memory between two commands.
 */
@NullMarked
package synod.testnet.network;

import org.jspecify.annotations.NullMarked;
