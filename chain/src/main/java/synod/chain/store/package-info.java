/**
 * What a node remembers: the {@link synod.chain.store.Journal}, which is the truth, and the
 * {@link synod.chain.store.KeyValueStore}, whose indexes and state can be rebuilt from it.
 *
 * <p>Both stand behind ports. A {@link synod.chain.store.Disk} holds the journal's files; the real one lives in the
 * node, {@link synod.chain.store.MemoryDisk} serves tests and simulations. Nothing here starts a thread, reads a
 * clock or opens a file, except the LevelDB adapter in its own package.
 */
@NullMarked
package synod.chain.store;

import org.jspecify.annotations.NullMarked;
