/** TLS 1.3 with mutual authentication by self-signed Ed25519 certificates over the node key. */
@NullMarked
package synod.p2p.tls;

import org.jspecify.annotations.NullMarked;
