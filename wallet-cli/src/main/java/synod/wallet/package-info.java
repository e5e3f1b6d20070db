/**
 * The {@code synod wallet} commands and the wallet files, over JSON-RPC.
 *
 * <p>Keys never leave this process: transactions are signed here and sent as bytes. It starts in a fraction of a second
 * or is a nuisance in scripts, which decides two things. JSON is read and written by Jackson's streaming core alone,
 * and requests go through {@link java.net.HttpURLConnection}: measured on the project's machines, the first request
 * through {@code java.net.http} took 0.3 to 0.6 s longer, and Jackson's data binding, even for a mere tree, 0.1 to 0.5 s.
 */
@NullMarked
package synod.wallet;

import org.jspecify.annotations.NullMarked;
