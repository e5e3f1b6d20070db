package synod.testnet.bench.mine;

import java.util.List;

/**
 * The speed of one kernel on so many threads.
 *
 * @param operationsPerHash as {@link synod.consensus.pow.search.KernelType#operationsPerHash}
 * @param gigahertz the processor's clock while it runs this kernel
 * @param hashesPerSecond all threads together, of each repetition, ascending
 * @param busy the share of the threads' time in which they had a processor, over all repetitions
 */
public record MiningFigure(
        String kernel,
        int threads,
        double operationsPerHash,
        double gigahertz,
        List<Double> hashesPerSecond,
        double busy) {
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

    /** Operations of the kernel's code in a cycle of a processor; 0 if they are not known. */
    double operationsPerCycle() {
        return perProcessor() * operationsPerHash / gigahertz / 1e9;
    }
}
