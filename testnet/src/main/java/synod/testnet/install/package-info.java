/** Makes, out of what was built, the program that {@code ./synod} runs, so that it starts fast. */
@NullMarked
package synod.testnet.install;

import org.jspecify.annotations.NullMarked;
