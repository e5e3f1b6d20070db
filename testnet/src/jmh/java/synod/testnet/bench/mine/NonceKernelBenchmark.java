package synod.testnet.bench.mine;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.NonceKernel;
import synod.consensus.pow.search.Solution;
import synod.node.mining.CompilerDirectives;

/** The kernels of the nonce search, each in a process of its own. The score is in hashes a microsecond: MH/s. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Thread)
public class NonceKernelBenchmark {
    private static final int HASHES = 1 << 16;

    @Param({"digest", "scalar", "vector", "rolling"})
    private String kernel = "digest";

    private final byte[] header = new byte[80];
    /** Nothing meets it. */
    private final byte[] target = new byte[32];

    private NonceKernel instance = KernelType.DIGEST.make().get();
    private int nonce;

    @Setup
    public void make() {
        CompilerDirectives.leaveGeneratedCodeToTheSecondTier().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        instance = KernelType.available().stream()
                .filter(type -> type.name().equals(kernel))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kernel " + kernel))
                .make()
                .get();
    }

    @Benchmark
    @OperationsPerInvocation(HASHES)
    public Optional<Solution> search() {
        int count = HASHES / instance.versions();
        nonce = (nonce + count) & Integer.MAX_VALUE;
        return instance.search(header, target, nonce, count);
    }
}
