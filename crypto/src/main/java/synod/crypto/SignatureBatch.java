package synod.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks many signatures with one sum of points, by exactly {@link PublicKey}'s rule.
 *
 * <p>If Dᵢ = 8·(Sᵢ·B − Rᵢ − kᵢ·Aᵢ), every signature holds if and only if all Dᵢ are neutral. They lie in the subgroup of
 * prime order L, so for coefficients zᵢ below 2¹²⁸ chosen at random after the signatures, Σ zᵢ·Dᵢ is neutral without all
 * of them being so with probability 2⁻¹²⁸ at most (M. Bellare, J. Garay, T. Rabin, "Fast Batch Verification for Modular
 * Exponentiation and Digital Signatures", EUROCRYPT 1998, the small exponents test; D. Bernstein, N. Duif, T. Lange,
 * P. Schwabe, B. Yang, "High-speed high-security signatures", section 5). Without the factor 8 components of small order
 * would be able to cancel each other.
 *
 * <p>The coefficients are hashed from all that the sum depends on, each S, R, A and k. To change any of it is to draw
 * them all anew, so who composes a batch, say the proposer of a block, must try about 2¹²⁸ batches to pass a wrong
 * signature: as much work as finding a private key. In return a check depends on its arguments alone and can be
 * repeated.
 *
 * <p>The terms of one key are added up first, and each distinct key costs one multiplication. The sum is Straus's at
 * every size: decoding each R costs as much as multiplying it, and the method of buckets (N. Pippenger) would add fewer
 * points only from several thousand signatures on.
 */
public final class SignatureBatch {
    /** From how many signatures on one sum costs less than checking them singly. */
    private static final int WORTHWHILE = 3;

    /** So many are summed at once: more share the doublings a little better, and are spoilt by one wrong one. */
    private static final int MOST = 64;

    private static final int COEFFICIENT_BYTES = 16;
    private static final int COEFFICIENTS_PER_DIGEST = 4;
    private static final int R_WIDTH = 4;
    private static final byte[] DOMAIN = "synod signature batch v1".getBytes(StandardCharsets.US_ASCII);

    private final List<SignedMessage> batch;
    private final List<Scalar> challenges = new ArrayList<>();
    private final List<OddMultiples> commitments = new ArrayList<>();

    private SignatureBatch(List<SignedMessage> batch) {
        this.batch = batch;
    }

    /**
     * The positions of those that are not valid; none if the set is empty. Where a batch fails, its signatures are
     * checked one by one.
     */
    public static BitSet invalid(List<SignedMessage> messages) {
        BitSet invalid = new BitSet();
        for (int from = 0; from < messages.size(); from += MOST) {
            List<SignedMessage> batch = messages.subList(from, Math.min(messages.size(), from + MOST));
            if (batch.size() < WORTHWHILE || !areAllValid(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    invalid.set(from + i, !batch.get(i).isValid());
                }
            }
        }
        return invalid;
    }

    /** Whether one sum shows all of these to be valid. */
    static boolean areAllValid(List<SignedMessage> messages) {
        return new SignatureBatch(messages).areAllValid();
    }

    private boolean areAllValid() {
        for (SignedMessage message : batch) {
            byte[] signature = message.signature().unshared();
            CurvePoint r = new CurvePoint();
            if (!message.key().point().hasPrimeOrder()
                    || !SignatureEquation.mayHold(signature)
                    || !r.decodeVar(signature, 0)) {
                return false;
            }
            challenges.add(SignatureEquation.challenge(signature, message.key().unshared(), message.message()));
            commitments.add(OddMultiples.of(r, R_WIDTH));
        }

        Scalar[] coefficients = coefficients();
        PointSum sum = new PointSum();
        Map<PublicKey, Scalar> byKey = new LinkedHashMap<>();
        Scalar ofBase = Scalar.ZERO;
        for (int i = 0; i < coefficients.length; i++) {
            SignedMessage message = batch.get(i);
            Scalar z = coefficients[i];
            ofBase = ofBase.plus(z.times(SignatureEquation.s(message.signature().unshared())));
            byKey.merge(message.key(), z.times(challenges.get(i)), Scalar::plus);
            sum.plus(z, commitments.get(i));
        }
        sum.plus(ofBase.negated(), BasePoint.MULTIPLES);
        byKey.forEach((key, scalar) -> sum.plus(scalar, key.point().multiples()));
        CurvePoint total = sum.total();
        total.becomeCofactorMultiple();
        return total.isNeutralVar();
    }

    private Scalar[] coefficients() {
        MessageDigest digest = Sha512.newDigest();
        digest.update(DOMAIN);
        for (int i = 0; i < batch.size(); i++) {
            digest.update(batch.get(i).signature().unshared());
            digest.update(batch.get(i).key().unshared());
            digest.update(challenges.get(i).encode());
        }
        byte[] seed = digest.digest();

        Scalar[] coefficients = new Scalar[batch.size()];
        byte[] block = seed;
        for (int i = 0; i < coefficients.length; i++) {
            int index = i % COEFFICIENTS_PER_DIGEST;
            if (index == 0) {
                digest.update(seed);
                block = digest.digest(new byte[] {(byte) (i / COEFFICIENTS_PER_DIGEST)});
            }
            coefficients[i] = Scalar.reduce(block, index * COEFFICIENT_BYTES, COEFFICIENT_BYTES);
        }
        return coefficients;
    }
}
