package synod.chain.mempool;

import java.util.Locale;

/**
 * Why a transaction still waits.
 *
 * @param cause for programs
 * @param detail for people: which nonce is missing, how many bytes stand before it
 */
public record Wait(Cause cause, String detail) {
    /** The kinds of wait. */
    public enum Cause {
        /** Ready: the next block on this node's head takes it. */
        NEXT_BLOCK,
        /** Ready, but so many better-paying bytes stand before it that it does not fit the next block. */
        BEHIND_BETTER_FEES,
        /** An earlier nonce of the sender is missing. */
        NONCE_GAP,
        /** The sender cannot pay it after the sender's transactions before it. */
        INSUFFICIENT_BALANCE;

        /** The stable name for programs. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
