/** Measures the nonce search: how many hashes a second each kernel does on how many threads. */
@NullMarked
package synod.testnet.bench.mine;

import org.jspecify.annotations.NullMarked;
