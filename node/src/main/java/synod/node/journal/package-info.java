/** What the node writes to its journal: blocks, transactions it has acknowledged, and the engine's durable entries. */
@NullMarked
package synod.node.journal;

import org.jspecify.annotations.NullMarked;
