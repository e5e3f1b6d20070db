package synod.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Signatures checked per second on one thread: the library's check, ours singly and in batches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class VerificationBenchmark {
    private static final int SIGNATURES = 128;

    /** Many more keys than are remembered: each is forgotten when its turn comes round. */
    private static final int STRANGERS = 1 << 14;

    private final List<SignedMessage> ofDistinctKeys = signatures(SIGNATURES);
    private final List<SignedMessage> ofFewKeys = signatures(8);
    private final byte[][] strangers = new byte[STRANGERS][];
    private int next;
    private int nextStranger;

    public VerificationBenchmark() {
        Random random = new Random(1);
        for (int i = 0; i < STRANGERS; i++) {
            byte[] seed = new byte[SigningKey.LENGTH];
            random.nextBytes(seed);
            strangers[i] = SigningKey.of(seed).publicKey().bytes();
        }
    }

    private static List<SignedMessage> signatures(int keys) {
        Random random = new Random(keys);
        List<SigningKey> signers = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            byte[] seed = new byte[SigningKey.LENGTH];
            random.nextBytes(seed);
            signers.add(SigningKey.of(seed));
        }
        List<SignedMessage> signed = new ArrayList<>();
        for (int i = 0; i < SIGNATURES; i++) {
            byte[] message = new byte[180];
            random.nextBytes(message);
            SigningKey signer = signers.get(i % keys);
            signed.add(new SignedMessage(signer.publicKey(), message, signer.sign(message)));
        }
        return signed;
    }

    private SignedMessage next() {
        next = (next + 1) % SIGNATURES;
        return ofDistinctKeys.get(next);
    }

    @Benchmark
    public boolean librarySingle() {
        SignedMessage signed = next();
        return Ed25519.verify(
                signed.signature().unshared(),
                0,
                signed.key().unshared(),
                0,
                signed.message(),
                0,
                signed.message().length);
    }

    @Benchmark
    public boolean librarySingleAndMembershipOfR() {
        return librarySingle() && PrimeOrderSubgroup.containsVar(ofDistinctKeys.get(next).signature().unshared(), 0);
    }

    @Benchmark
    public boolean single() {
        return next().isValid();
    }

    /** A key that was not seen lately: checked, then used once. */
    @Benchmark
    public boolean singleOfAStranger() {
        SignedMessage signed = next();
        nextStranger = nextStranger + 1 & STRANGERS - 1;
        return PublicKey.of(strangers[nextStranger]).verifies(signed.message(), signed.signature());
    }

    @Benchmark
    @OperationsPerInvocation(8)
    public boolean batchOf8() {
        return SignatureBatch.invalid(ofDistinctKeys.subList(0, 8)).isEmpty();
    }

    @Benchmark
    @OperationsPerInvocation(32)
    public boolean batchOf32() {
        return SignatureBatch.invalid(ofDistinctKeys.subList(0, 32)).isEmpty();
    }

    @Benchmark
    @OperationsPerInvocation(128)
    public boolean batchOf128() {
        return SignatureBatch.invalid(ofDistinctKeys).isEmpty();
    }

    @Benchmark
    @OperationsPerInvocation(128)
    public boolean batchOf128From8Keys() {
        return SignatureBatch.invalid(ofFewKeys).isEmpty();
    }
}
