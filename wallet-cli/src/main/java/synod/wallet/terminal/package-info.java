/** What commands show on a terminal: tables, and a line that says what is going on. */
@NullMarked
package synod.wallet.terminal;

import org.jspecify.annotations.NullMarked;
