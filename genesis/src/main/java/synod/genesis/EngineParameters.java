package synod.genesis;

import java.util.Optional;
import synod.chain.codec.Encoder;
import synod.chain.stake.StakeGenesis;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.Staker;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Consensus;
import synod.consensus.SignatureVerifier;
import synod.consensus.VrfVerifier;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pbft.PbftParameters;
import synod.consensus.pos.PosConsensus;
import synod.consensus.pos.PosParameters;
import synod.consensus.pow.PowConsensus;
import synod.consensus.pow.PowParameters;
import synod.crypto.Hash;

/** Which engine decides the next block, and what the genesis file fixes about it. */
public sealed interface EngineParameters {
    /** The engine's name. */
    String engine();

    /**
     * The engine's rules on a chain.
     *
     * @param chainId block 0's id
     * @param verifier checks members' signatures
     * @param vrf checks validators' draws
     */
    Consensus consensus(Hash chainId, SignatureVerifier verifier, VrfVerifier vrf);

    /** The compact target in block 0's header; zero under engines that do not mine. */
    int initialBits();

    /** Appends the canonical encoding, the engine's name first. */
    void encode(Encoder out);

    /** Who decides block 1, or by stake the blocks of the first epochs; nobody under engines without members. */
    default ValidatorSet validators() {
        return ValidatorSet.EMPTY;
    }

    /** The coins at stake from the start, where stake decides. */
    default Optional<StakeGenesis> stake() {
        return Optional.empty();
    }

    /** Whether blocks wait for transactions, but for a rare heartbeat. */
    default boolean blocksWaitForWork() {
        return false;
    }

    /** Proof of work. */
    record Pow(PowParameters parameters) implements EngineParameters {
        @Override
        public String engine() {
            return PowConsensus.NAME;
        }

        @Override
        public Consensus consensus(Hash chainId, SignatureVerifier verifier, VrfVerifier vrf) {
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

    /**
     * Votes of members who tolerate some Byzantine ones among them.
     *
     * @param members who decides block 1, with one vote each; their votes change the set later
     */
    record Pbft(PbftParameters parameters, ValidatorSet members) implements EngineParameters {
        /**
         * Checks the members.
         *
         * @throws IllegalArgumentException if there is none, one has more than one vote, or one could never sign
         */
        public Pbft {
            if (members.size() == 0) {
                throw new IllegalArgumentException("there must be at least one member");
            }
            for (Validator member : members.validators()) {
                member.key().requirePrimeOrder();
                if (member.weight() != 1) {
                    throw new IllegalArgumentException("members have one vote each, not " + member.weight());
                }
            }
        }

        @Override
        public String engine() {
            return PbftConsensus.NAME;
        }

        @Override
        public Consensus consensus(Hash chainId, SignatureVerifier verifier, VrfVerifier vrf) {
            return new PbftConsensus(parameters, chainId, verifier);
        }

        @Override
        public int initialBits() {
            return 0;
        }

        @Override
        public ValidatorSet validators() {
            return members;
        }

        @Override
        public boolean blocksWaitForWork() {
            return true;
        }

        @Override
        public void encode(Encoder out) {
            Genesis.text(out, PbftConsensus.NAME)
                    .u64(parameters.baseTimeoutMillis())
                    .u64(parameters.maxTimeoutMillis())
                    .u64(parameters.heartbeatMillis())
                    .u64(parameters.futureDriftMillis());
            members.encode(out);
        }
    }

    /**
     * A lottery among those who have coins at stake, and their votes.
     *
     * @param staked who has what at stake from the start; bonding and unbonding change it later
     */
    record Pos(PosParameters parameters, StakeSnapshot staked) implements EngineParameters {
        /** The engine's name. */
        public static final String NAME = PosConsensus.NAME;

        /**
         * Checks the validators.
         *
         * @throws IllegalArgumentException if one could never sign or draw, or has less at stake than it must
         */
        public Pos {
            for (Staker staker : staked.stakers()) {
                staker.key().requirePrimeOrder();
                staker.vrfKey().requirePrimeOrder();
                if (staker.stake().compareTo(parameters.stake().minBond()) < 0) {
                    throw new IllegalArgumentException("the validator " + staker.key() + " has " + staker.stake()
                            + " at stake, less than minBond");
                }
            }
        }

        @Override
        public String engine() {
            return NAME;
        }

        @Override
        public Consensus consensus(Hash chainId, SignatureVerifier verifier, VrfVerifier vrf) {
            return new PosConsensus(parameters, chainId, verifier, vrf);
        }

        @Override
        public int initialBits() {
            return 0;
        }

        @Override
        public ValidatorSet validators() {
            return staked.validators();
        }

        @Override
        public Optional<StakeGenesis> stake() {
            return Optional.of(new StakeGenesis(parameters.stake(), staked));
        }

        @Override
        public void encode(Encoder out) {
            Genesis.text(out, NAME);
            parameters.stake().encode(out);
            out.u64(parameters.futureDriftMillis());
            staked.encode(out);
        }
    }
}
