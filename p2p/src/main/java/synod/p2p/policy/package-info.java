/**
 * What a peer may cost: token buckets, penalties and bans, back-off, address groups and connection slots.
 *
 * <p>Pure: no clock, no thread, no socket. Time and randomness are arguments.
 */
@NullMarked
package synod.p2p.policy;

import org.jspecify.annotations.NullMarked;
