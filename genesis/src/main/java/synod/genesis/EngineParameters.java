package synod.genesis;

import synod.chain.codec.Encoder;
import synod.consensus.Consensus;
import synod.consensus.pow.PowConsensus;
import synod.consensus.pow.PowParameters;

/** Which engine decides the next block, and what the genesis file fixes about it. */
public sealed interface EngineParameters {
    /** The engine's rules. */
    Consensus consensus();

    /** The compact target in block 0's header; zero under engines that do not mine. */
    int initialBits();

    /** Appends the canonical encoding, the engine's name first. */
    void encode(Encoder out);

    /** The engine's name. */
    default String engine() {
        return consensus().name();
    }

    /** Proof of work. */
    record Pow(PowParameters parameters) implements EngineParameters {
        @Override
        public Consensus consensus() {
            return new PowConsensus(parameters);
        }

        @Override
        public int initialBits() {
            return parameters.initialBits().value();
        }

        @Override
        public void encode(Encoder out) {
            Genesis.text(out, PowConsensus.NAME)
                    .u64(parameters.targetIntervalMillis())
                    .u64(parameters.halfLifeMillis())
                    .u32(parameters.powLimit().value())
                    .u32(parameters.initialBits().value())
                    .u64(parameters.futureDriftMillis())
                    .u32(parameters.medianTimeBlocks());
        }
    }
}
