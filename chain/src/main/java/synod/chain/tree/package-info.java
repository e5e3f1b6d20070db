/** The tree of known headers and the branch that leads to the head. */
@NullMarked
package synod.chain.tree;

import org.jspecify.annotations.NullMarked;
