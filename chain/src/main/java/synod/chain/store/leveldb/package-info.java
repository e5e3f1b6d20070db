/**
 * The {@link synod.chain.store.KeyValueStore} of a real node, on a Java port of LevelDB. The only package of this
 * module that touches files by itself, and the only one that knows the library.
 */
@NullMarked
package synod.chain.store.leveldb;

import org.jspecify.annotations.NullMarked;
