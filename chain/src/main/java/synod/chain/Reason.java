package synod.chain;

import java.util.Locale;

/** Why something from outside is refused: a closed list, each with one meaning and a stable code for programs. */
public enum Reason {
    /** The bytes are no canonical encoding of anything. */
    MALFORMED,
    /** Larger than the network's rules allow. */
    TOO_LARGE,
    /** Made for another network. */
    WRONG_CHAIN,
    /** The signature does not belong to this key, this content and this chain. */
    BAD_SIGNATURE,
    /** The sender has already used this nonce. */
    NONCE_USED,
    /** The nonce is too far ahead of the sender's next one. */
    NONCE_TOO_FAR,
    /** The sender cannot pay amount and fee. */
    INSUFFICIENT_BALANCE,
    /** The fee is below the network's minimum for the size. */
    FEE_TOO_LOW,
    /** A transaction with this sender and nonce waits already, and the new fee is not enough above its fee. */
    REPLACEMENT_UNDERPRICED,
    /** It is here already. */
    ALREADY_KNOWN,
    /** The mempool is full of transactions that pay more. */
    MEMPOOL_FULL,
    /** The sender has as many waiting transactions as one sender may. */
    TOO_MANY_PENDING,
    /** The sender has anchored this digest before. */
    ALREADY_ANCHORED,
    /** The vote about the members is signed by nobody of them. */
    NOT_A_MEMBER,
    /** The vote would leave no member, or make them more than there may be. */
    BAD_VOTE,
    /** The transaction's content is not allowed (a zero amount, say). */
    BAD_CONTENT,
    /** The stake, as it stands, does not allow what the transaction wants. */
    BAD_STAKE,
    /** The evidence shows no contradiction, or is against nobody who could be slashed for it. */
    BAD_EVIDENCE,
    /** The parent block is not known here. */
    UNKNOWN_PARENT,
    /** A block with a rule broken stands among the ancestors. */
    INVALID_ANCESTOR,
    /** The header's version is not one that this network uses. */
    BAD_VERSION,
    /** The height is not the parent's plus one. */
    BAD_HEIGHT,
    /** The time is not after what the rules demand. */
    TIME_TOO_EARLY,
    /** The time is further ahead of the clock than the rules allow; the same header may be good later. */
    TIME_TOO_LATE,
    /** The difficulty bits are not the ones that the rules demand. */
    BAD_BITS,
    /** The id does not meet the target: no work was done. */
    BAD_WORK,
    /** The proposer had no right to propose this block. */
    BAD_PROPOSER,
    /** The seal does not prove that the block was decided. */
    BAD_SEAL,
    /** The engine's field in the header is not what the engine demands. */
    BAD_ENGINE_FIELD,
    /** The transactions are not those that the header names. */
    BAD_TRANSACTIONS_ROOT,
    /** Executing the block gives another state. */
    BAD_STATE_ROOT,
    /** Executing the block gives other receipts. */
    BAD_RECEIPTS_ROOT,
    /** The validator set is not the one that the header names. */
    BAD_VALIDATORS_ROOT,
    /** The same transaction, or the same sender and nonce, stands twice. */
    DUPLICATE;

    /** The stable name for programs: {@code nonce-used} for {@link #NONCE_USED}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
