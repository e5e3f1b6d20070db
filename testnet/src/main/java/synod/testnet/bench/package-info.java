/** Measures local networks of real processes: what a client gets from them, and what it costs. */
@NullMarked
package synod.testnet.bench;

import org.jspecify.annotations.NullMarked;
