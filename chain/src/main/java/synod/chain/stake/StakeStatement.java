package synod.chain.stake;

import java.util.Locale;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/** What a validator answers for with its stake once it has signed it: some two of a kind nobody may sign both. */
public sealed interface StakeStatement permits SlotClaim, CheckpointVote {
    /** The kinds of statements. */
    enum Kind {
        /** {@link SlotClaim}. */
        BLOCK(1),
        /** {@link CheckpointVote}. */
        VOTE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** In lower case, as people and programs read it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        int code() {
            return code;
        }

        static Kind decode(Decoder in) throws RejectedException {
            int code = in.u8();
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw in.malformed("evidence of unknown kind " + code);
        }

        StakeStatement decodeStatement(Decoder in) throws RejectedException {
            return switch (this) {
                case BLOCK -> SlotClaim.decode(in);
                case VOTE -> CheckpointVote.decode(in);
            };
        }
    }

    /** Which kind this is. */
    Kind kind();

    /** The bytes that are signed: the kind's domain, chain id, then the encoding. */
    byte[] signedBytes(Hash chainId);

    /** Whether nobody may sign both. Statements of different kinds never contradict each other. */
    boolean contradicts(StakeStatement other);

    /** Appends the canonical encoding. */
    void encode(Encoder out);
}
