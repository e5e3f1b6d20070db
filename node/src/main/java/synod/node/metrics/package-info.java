/** The node's figures for Prometheus, named {@code synod_<subsystem>_<name>_<unit>}. */
@NullMarked
package synod.node.metrics;

import org.jspecify.annotations.NullMarked;
