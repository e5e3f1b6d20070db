/** The rules of the project's layout, checked on the bytecode of all modules. */
@NullMarked
package synod.architecture;

import org.jspecify.annotations.NullMarked;
