package synod.testnet.bench.mine;

import java.util.List;

/**
 * The speed of one kernel on so many threads.
 *
 * @param operationsPerHash as {@link synod.consensus.pow.search.KernelType#operationsPerHash}
 * @param hashesPerSecond all threads together, of each repetition, ascending
 * @param busy the share of the threads' time in which they had a processor, over all repetitions
 */
public record MiningFigure(
        String kernel, int threads, double operationsPerHash, List<Double> hashesPerSecond, double busy) {
    /** Sorts the repetitions. */
    public MiningFigure {
        hashesPerSecond = hashesPerSecond.stream().sorted().toList();
    }

    double min() {
        return hashesPerSecond.getFirst();
    }

    double median() {
        return hashesPerSecond.get(hashesPerSecond.size() / 2);
    }

    double max() {
        return hashesPerSecond.getLast();
    }

    /** Hashes per second of one thread that has a processor all the time. */
    double perProcessor() {
        return median() / threads / busy;
    }
}
