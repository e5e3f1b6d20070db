/** The node as a command: {@code synod node init | run | reindex}. */
@NullMarked
package synod.node;

import org.jspecify.annotations.NullMarked;
