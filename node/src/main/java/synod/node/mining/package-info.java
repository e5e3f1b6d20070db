/** What programs that mine share: what they tell the JIT compiler of the generated code. */
@NullMarked
package synod.node.mining;

import org.jspecify.annotations.NullMarked;
