/** What a node's owner decides: the config file and the node's key. */
@NullMarked
package synod.node.config;

import org.jspecify.annotations.NullMarked;
