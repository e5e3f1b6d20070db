package synod.consensus.pow.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.codec.ByteString;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.search.code.GroupProgram;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

@Timeout(30)
class NonceSearchTest {
    private static final CompactBits EASY = new CompactBits(0x1f00ffff); // one in 65,536
    private static final CompactBits IMPOSSIBLE = new CompactBits(0x01010000); // a target of 1

    private static final long EXTRA_NONCE_OFFSET = 1_000;

    private final BlockingQueue<Block> found = new LinkedBlockingQueue<>();
    private final List<NonceSearch> searches = new ArrayList<>();

    @AfterEach
    void close() {
        searches.forEach(NonceSearch::close);
    }

    @Test
    void findsABlockThatMeetsItsTargetAndSaysNothingElse() throws InterruptedException {
        NonceSearch search = start(2, OptionalLong.empty(), KernelType.DIGEST);
        for (int i = 0; i < 10; i++) {
            Block candidate = candidate(EASY, i, 0);
            search.search(task(candidate));
            Block sealed = await();
            assertThat(EASY.isMetBy(sealed.id())).isTrue();
            assertThat(sealed.header().parent()).isEqualTo(candidate.header().parent());
            assertThat(sealed.header().core())
                    .isEqualTo(candidate.header().core().withExtraNonce(EXTRA_NONCE_OFFSET));
            assertThat(search.isSearching()).isFalse();
        }
        assertThat(found).isEmpty();
        assertThat(search.totalHashes()).isPositive();
    }

    @Test
    void goesOnUnderTheNextExtraNonceWhenTheNoncesAreUsedUp() throws InterruptedException {
        NonceSearch search = start(2, OptionalLong.empty(), KernelType.DIGEST);
        Block candidate = candidate(EASY, 1, -5); // begins five nonces before the end
        search.search(task(candidate));
        Block sealed = await();

        assertThat(sealed.header().core().extraNonce()).isEqualTo(1_001);
        assertThat(EASY.isMetBy(sealed.id())).isTrue();
        assertThat(sealed.header().core().withExtraNonce(0))
                .isEqualTo(candidate.header().core());
    }

    @Test
    void triesEveryNonceOnceAndInAllThreadsTogetherWithoutAGap() throws InterruptedException {
        RecordingKernels kernels = new RecordingKernels(200);
        NonceSearch search = start(4, OptionalLong.empty(), kernels.type());
        search.search(task(candidate(IMPOSSIBLE, 1, -100_000)));
        kernels.enough.await();
        search.close();

        // Per header (told apart by its commitment) the stretches follow each other.
        for (TreeMap<Long, Integer> stretches : kernels.byHeader()) {
            long expected = stretches.firstKey();
            for (var stretch : stretches.entrySet()) {
                assertThat(stretch.getKey()).isEqualTo(expected);
                expected += stretch.getValue();
            }
            assertThat(expected).isLessThanOrEqualTo(1L << 32);
        }
        assertThat(kernels.byHeader()).hasSize(2);
    }

    @Test
    void leavesAnOldCandidateForANewOne() throws InterruptedException {
        NonceSearch search = start(2, OptionalLong.empty(), KernelType.DIGEST);
        search.search(task(candidate(IMPOSSIBLE, 1, 0)));
        assertThat(search.isSearching()).isTrue();
        Block next = candidate(EASY, 2, 0);
        search.search(task(next));
        assertThat(await().header().parent()).isEqualTo(next.header().parent());
    }

    @Test
    void doesNothingMoreAfterACancellation() throws InterruptedException {
        RecordingKernels kernels = new RecordingKernels(10);
        NonceSearch search = start(2, OptionalLong.empty(), kernels.type());
        search.search(task(candidate(IMPOSSIBLE, 1, 0)));
        kernels.enough.await();
        search.cancel();
        assertThat(search.isSearching()).isFalse();

        // Once a later candidate is found, the threads have long left the cancelled one.
        search.search(task(candidate(new CompactBits(0x207fffff), 2, 0)));
        await();
        long hashes = search.totalHashes();
        Block again = candidate(new CompactBits(0x207fffff), 3, 0);
        search.search(task(again));
        assertThat(await().header().parent()).isEqualTo(again.header().parent());
        assertThat(search.totalHashes() - hashes).isLessThan(4 * 4_096);
    }

    @Test
    void turnsToANewCandidateWithoutServingOutTheCapsWait() throws InterruptedException {
        // At one hash a second the second hash of a candidate is a second away, the hundredth a minute and a half.
        NonceSearch search = start(2, OptionalLong.of(1), KernelType.DIGEST);
        for (int i = 0; i < 100; i++) {
            search.search(task(candidate(IMPOSSIBLE, i, 0)));
        }
        search.close();
        assertThat(search.totalHashes()).isLessThan(100);
        assertThat(search.isSearching()).isFalse();
    }

    @Test
    void keepsToItsCap() throws InterruptedException {
        VirtualClock clock = new VirtualClock();
        NonceSearch search =
                new NonceSearch(new SearchSettings(2, OptionalLong.of(1_000_000)), KernelType.DIGEST, clock::nanos);
        searches.add(search);
        search.search(task(candidate(IMPOSSIBLE, 1, 0)));
        // The virtual clock goes on by a millisecond at each look, so the cap allows 1,000 hashes a look.
        clock.awaitLooks(1_000);
        search.close();
        double perSecond = search.totalHashes() * 1e9 / clock.nanos();
        assertThat(perSecond).isBetween(900_000.0, 1_060_000.0);
    }

    @Test
    void tellsItsSpeedAndItsKernel() throws InterruptedException {
        NonceSearch search = start(1, OptionalLong.empty(), KernelType.DIGEST);
        search.search(task(candidate(EASY, 1, 0)));
        await();
        assertThat(search.hashesPerSecond()).isPositive();
        assertThat(search.kernelName()).isEqualTo("digest");
        assertThat(search.threadCount()).isEqualTo(1);
    }

    @Test
    void givesWayToWhatIsMoreUrgentButNotForEver() throws InterruptedException {
        RecordingKernels kernels = new RecordingKernels(3);
        AtomicLong asked = new AtomicLong();
        NonceSearch search =
                new NonceSearch(new SearchSettings(1, OptionalLong.empty()), kernels.type(), System::nanoTime, () -> {
                    asked.incrementAndGet();
                    return true;
                });
        searches.add(search);
        search.search(task(candidate(IMPOSSIBLE, 1, 0)));
        kernels.enough.await();
        search.close();
        // between two stretches it asked again and again
        assertThat(asked.get()).isGreaterThanOrEqualTo(3 * 20);
    }

    @Test
    void findsRolledVersions() throws InterruptedException {
        NonceSearch search = start(2, OptionalLong.empty(), rolling());
        Block candidate = candidate(new CompactBits(0x207fffff), 9, 0);
        boolean rolled = false;
        for (int i = 0; i < 50 && !rolled; i++) {
            search.search(task(candidate(new CompactBits(0x207fffff), i, 0)));
            rolled = await().header().version() != candidate.header().version();
        }
        assertThat(rolled).isTrue();
    }

    @Test
    void changesOverToAnotherKernelInTheMiddleOfATask() throws InterruptedException {
        RecordingKernels kernels = new RecordingKernels(10);
        NonceSearch search = start(2, OptionalLong.empty(), KernelType.DIGEST);
        search.search(task(candidate(IMPOSSIBLE, 1, 0)));
        search.use(kernels.type(), 0, name -> {});
        kernels.enough.await();
        assertThat(search.kernelName()).isEqualTo("recording");
    }

    @Test
    void givesUpAKernelThatIsSlowerThanItWasWhenItWasChosen() throws InterruptedException {
        NonceSearch search = start(2, OptionalLong.empty(), KernelType.DIGEST);
        search.search(task(candidate(IMPOSSIBLE, 1, 0)));
        RecordingKernels kernels = new RecordingKernels(1);
        BlockingQueue<String> slow = new LinkedBlockingQueue<>();
        search.use(kernels.type(), 1e12, slow::add);
        assertThat(slow.take()).isEqualTo("recording");
        assertThat(search.kernelName()).isEqualTo(DigestKernel.NAME);
        assertThat(search.slowKernel()).contains("recording");
        search.close();
        assertThat(slow).isEmpty();
    }

    @Test
    void goesOnAfterASolutionIfTheTaskWantsMore() throws InterruptedException {
        BlockingQueue<Solution> solutions = new LinkedBlockingQueue<>();
        Block candidate = candidate(EASY, 3, 0);
        SearchTask all = new SearchTask() {
            @Override
            public byte[] targetLittleEndian() {
                return new CompactBits(0x207fffff).targetLittleEndian(); // every second nonce
            }

            @Override
            public int firstNonce() {
                return 0;
            }

            @Override
            public byte[] header(long extraNonceIndex) {
                return candidate.header().outerBytes();
            }

            @Override
            public boolean endsWithFirstSolution() {
                return false;
            }

            @Override
            public void solved(long extraNonceIndex, Solution solution) {
                solutions.add(solution);
            }
        };
        NonceSearch search = start(2, OptionalLong.of(1_000_000), KernelType.DIGEST);
        search.search(all);
        List<Solution> taken = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            taken.add(solutions.take());
        }
        search.close();
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(taken.stream().filter(solution -> solution.nonce() < 100)).hasSizeBetween(25, 75);
    }

    private static KernelType rolling() {
        return new KernelType("rolling", () -> new GroupKernel("rolling", GroupProgram.scalar(), 16), 0);
    }

    private NonceSearch start(int threads, OptionalLong cap, KernelType kernel) {
        NonceSearch search = new NonceSearch(new SearchSettings(threads, cap), kernel, System::nanoTime);
        searches.add(search);
        return search;
    }

    private SearchTask task(Block candidate) {
        return new BlockTask(candidate, EXTRA_NONCE_OFFSET, found::add);
    }

    private Block await() throws InterruptedException {
        Block block = found.poll(20, TimeUnit.SECONDS);
        if (block == null) {
            throw new AssertionError("no nonce was found within 20 s");
        }
        return block;
    }

    private static Block candidate(CompactBits bits, int seed, int firstNonce) {
        HeaderCore core = new HeaderCore(
                Hash.ZERO,
                1,
                0,
                1_700_000_000_000L,
                Address.NONE,
                Sha256.hash(),
                Hash.ZERO,
                Sha256.hash(),
                Hash.ZERO,
                ByteString.EMPTY);
        Hash parent = Sha256.hash(new byte[] {(byte) seed});
        return new Block(new BlockHeader(BlockHeader.VERSION, parent, core, bits.value(), firstNonce), List.of());
    }

    /** Kernels that find nothing and note what they are asked to try. */
    private static final class RecordingKernels {
        private record Call(ByteString commitment, long first, int count) {}

        private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        final CountDownLatch enough;

        RecordingKernels(int calls) {
            enough = new CountDownLatch(calls);
        }

        KernelType type() {
            return new KernelType("recording", this::kernel, 0);
        }

        private NonceKernel kernel() {
            return new NonceKernel() {
                private final NonceKernel real = new DigestKernel();

                @Override
                public String name() {
                    return "recording";
                }

                @Override
                public int versions() {
                    return 1;
                }

                @Override
                public Optional<Solution> search(byte[] header, byte[] target, int first, int count) {
                    calls.add(new Call(
                            ByteString.of(Arrays.copyOfRange(header, 36, 68)), Integer.toUnsignedLong(first), count));
                    enough.countDown();
                    return real.search(header, target, first, count);
                }
            };
        }

        List<TreeMap<Long, Integer>> byHeader() {
            TreeMap<ByteString, TreeMap<Long, Integer>> result = new TreeMap<>();
            for (Call call : calls) {
                Integer twice = result.computeIfAbsent(call.commitment, key -> new TreeMap<>())
                        .put(call.first, call.count);
                assertThat(twice).isNull();
            }
            return List.copyOf(result.values());
        }
    }

    /** A clock that goes on by a millisecond whenever somebody looks. */
    private static final class VirtualClock {
        private long nanos;
        private long looks;

        synchronized long nanos() {
            nanos += 1_000_000;
            looks++;
            notifyAll();
            return nanos;
        }

        synchronized void awaitLooks(long count) throws InterruptedException {
            while (looks < count) {
                wait(20_000);
            }
        }
    }
}
