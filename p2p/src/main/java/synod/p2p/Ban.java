package synod.p2p;

/**
 * A ban in force.
 *
 * @param subject a node id (64 hexadecimal digits) or an address group (a CIDR prefix)
 * @param untilMillis when it ends, wall clock
 * @param offences how many bans the subject has had, this one included
 * @param reason what it did last
 */
public record Ban(String subject, long untilMillis, int offences, String reason) {}
