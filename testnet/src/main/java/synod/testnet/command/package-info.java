/** The commands of {@code synod testnet}: what is typed, and what is shown. */
@NullMarked
package synod.testnet.command;

import org.jspecify.annotations.NullMarked;
