package synod.consensus.quorum;

import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Signature;

/** Signatures of some members of a set by their numbers, as certificates hold them. */
public final class MemberSignatures {
    private MemberSignatures() {}

    /** Appends a bitmap of the signers (number 0 is bit 0 of the first byte) and their signatures in order. */
    public static void encode(SortedMap<Integer, Signature> signatures, int members, Encoder out) {
        byte[] bitmap = new byte[(members + 7) / 8];
        signatures.keySet().forEach(number -> bitmap[number / 8] |= (byte) (1 << number % 8));
        out.raw(bitmap);
        signatures.values().forEach(signature -> out.raw(signature.bytes()));
    }

    /** Reads them. A bitmap cannot name a signer twice, nor one that is no member. */
    public static SortedMap<Integer, Signature> decode(Decoder in, int members) throws RejectedException {
        byte[] bitmap = in.raw((members + 7) / 8);
        SortedMap<Integer, Signature> signatures = new TreeMap<>();
        for (int number = 0; number < bitmap.length * 8; number++) {
            if ((bitmap[number / 8] & 1 << number % 8) == 0) {
                continue;
            }
            if (number >= members) {
                throw in.malformed("a signer with the number " + number + " of " + members);
            }
            signatures.put(number, Signature.of(in.raw(Signature.LENGTH)));
        }
        return signatures;
    }
}
