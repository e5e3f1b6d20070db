package synod.consensus.quorum;

/**
 * How many of n equal members do what.
 *
 * <p>f = ⌊(n − 1) / 3⌋ members may be faulty (Castro &amp; Liskov, OSDI 1999, §3). The paper takes n = 3f + 1 and quorums of
 * 2f + 1; for other n the smallest quorum any two of which share a correct member is ⌈(n + f + 1) / 2⌉, which is 2f + 1
 * where n = 3f + 1, and never more than the n − f that are sure to answer.
 *
 * @param members n, at least 1
 */
public record Quorum(int members) {
    /** Checks the number. */
    public Quorum {
        if (members < 1) {
            throw new IllegalArgumentException("a quorum is of 1 member at least, not of " + members);
        }
    }

    /** f: the most members that may be faulty. */
    public int maxFaulty() {
        return (members - 1) / 3;
    }

    /** So many votes bind everyone: any two such sets share a correct member. */
    public int size() {
        return (members + maxFaulty() + 2) / 2;
    }

    /** f + 1: among so many members one at least is correct. */
    public int weakSize() {
        return maxFaulty() + 1;
    }
}
