/**
 * The node's data directory and the files in it: the only package of this module that touches the file system on
 * behalf of the ledger. {@link synod.node.disk.DataDirectory} guards the directory, {@link synod.node.disk.FileDisk}
 * is the journal's real disk.
 */
@NullMarked
package synod.node.disk;

import org.jspecify.annotations.NullMarked;
