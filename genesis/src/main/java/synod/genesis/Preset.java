package synod.genesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.Staker;
import synod.chain.validator.ValidatorSet;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pbft.PbftParameters;
import synod.consensus.pos.PosParameters;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowConsensus;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.PublicKey;

/** Networks that ship with the software. All are development networks: their coins belong to everybody. */
public enum Preset {
    /**
     * For one machine. Proof of work has a block every second. The easiest target takes 65,537 hashes on average, a third
     * of a second for four nodes of 50,000 hashes a second each. PBFT suspects a silent primary after a second.
     * Under proof of stake every other slot of half a second has a leader, an epoch takes ten seconds, and stake comes free
     * half an hour after it was unbonded.
     */
    DEV(
            "dev",
            new PowParameters(
                    1_000, 60_000, bits(0x1f00ffff), bits(0x1f00ffff), 10_000, PowParameters.MEDIAN_TIME_BLOCKS),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 210_000, 10),
            new PbftParameters(1_000, 8_000, 10_000, 10_000),
            new Lottery(500, 20, new Ratio(1, 2), 180, 2_000)),

    /**
     * Rules as on a network of several machines. Proof of work has a block every quarter of a minute; the first blocks
     * take 2.8 million hashes. PBFT suspects a silent primary after two seconds. Under proof of stake
     * every fifth slot of three seconds has a leader, an epoch takes twelve minutes, and stake comes free after a day.
     */
    SLOW(
            "slow",
            new PowParameters(
                    15_000, 3_600_000, bits(0x1f00ffff), bits(0x1e05ffff), 60_000, PowParameters.MEDIAN_TIME_BLOCKS),
            new LedgerRules(2 << 20, 1, Amount.ofCoins(50), 8_400_000, 100),
            new PbftParameters(2_000, 32_000, 30_000, 60_000),
            new Lottery(3_000, 240, new Ratio(1, 5), 120, 10_000));

    /** What each development account has from the start. */
    public static final Amount ACCOUNT_COINS = Amount.ofCoins(1_000_000);

    /** What each node's operator has from the start, to pay fees with until rewards mature. */
    public static final Amount OPERATOR_COINS = Amount.ofCoins(1_000);

    /** What each node has at stake from the start, where stake decides. */
    public static final Amount STAKED_COINS = Amount.ofCoins(10_000);

    private final String addressPrefix;
    private final PowParameters pow;
    private final LedgerRules rules;
    private final PbftParameters pbft;
    private final Lottery lottery;

    /** What these networks have in common beside it: a slashed validator loses a tenth, a tenth of which the reporter gets. */
    private record Lottery(
            long slotMillis, long epochSlots, Ratio activeSlots, int unbondingEpochs, long futureDriftMillis) {
        PosParameters from(long timeMillis) {
            return new PosParameters(
                    new StakeRules(
                            new SlotClock(timeMillis, slotMillis, epochSlots),
                            activeSlots,
                            unbondingEpochs,
                            new Ratio(1, 10),
                            new Ratio(1, 10),
                            Amount.ofCoins(100)),
                    futureDriftMillis);
        }
    }

    Preset(String addressPrefix, PowParameters pow, LedgerRules rules, PbftParameters pbft, Lottery lottery) {
        this.addressPrefix = addressPrefix;
        this.pow = pow;
        this.rules = rules;
        this.pbft = pbft;
        this.lottery = lottery;
    }

    private static CompactBits bits(int value) {
        return new CompactBits(value);
    }

    /** The name in commands. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The preset of this name. */
    public static Optional<Preset> named(String code) {
        return Arrays.stream(values())
                .filter(preset -> preset.code().equals(code))
                .findFirst();
    }

    /** The engines under which there are networks of each kind; the first is the usual one. */
    public static List<String> engines() {
        return List.of(PowConsensus.NAME, PbftConsensus.NAME, EngineParameters.Pos.NAME);
    }

    /**
     * A new network of this kind.
     *
     * @param engine one of {@link #engines}
     * @param timeMillis block 0's time
     * @param nodes the keys of its nodes: operators under proof of work, validators under proof of stake, else members
     */
    public Genesis genesis(String engine, long timeMillis, List<NodeKeys> nodes) {
        return switch (engine) {
            case PowConsensus.NAME ->
                genesis(timeMillis, nodes.stream().map(NodeKeys::address).toList());
            case PbftConsensus.NAME ->
                pbft(timeMillis, nodes.stream().map(NodeKeys::signing).toList());
            case EngineParameters.Pos.NAME -> pos(timeMillis, nodes);
            default -> throw new IllegalArgumentException("no engine '" + engine + "'");
        };
    }

    /**
     * A new network with proof of work.
     *
     * @param timeMillis block 0's time: now, or blocks come too fast until the schedule is met
     * @param operators the payout addresses of its nodes, each once; one that is a development account gets no more than
     *     that account's coins
     */
    public Genesis genesis(long timeMillis, List<Address> operators) {
        return genesis(timeMillis, new EngineParameters.Pow(pow), rules, allocations(operators, "operator-"));
    }

    /**
     * A new network with PBFT. Blocks make no new coins: without work nothing paces them.
     *
     * @param timeMillis block 0's time
     * @param members the keys of those who decide, each once; each has coins from the start, to pay for votes with
     */
    public Genesis pbft(long timeMillis, List<PublicKey> members) {
        LedgerRules withoutReward = new LedgerRules(rules.maxBlockBytes(), rules.minFeePerByte(), Amount.ZERO, 0, 0);
        List<Address> addresses = members.stream().map(Address::of).toList();
        return genesis(
                timeMillis,
                new EngineParameters.Pbft(pbft, ValidatorSet.ofEqual(members)),
                withoutReward,
                allocations(addresses, "member-"));
    }

    /**
     * A new network with proof of stake, where all nodes have the same stake.
     *
     * @param timeMillis block 0's time, when slot 0 begins
     * @param validators the keys of those who decide, each once, at least one; each has coins beside its stake
     */
    public Genesis pos(long timeMillis, List<NodeKeys> validators) {
        StakeSnapshot staked = StakeSnapshot.of(validators.stream()
                .map(keys -> new Staker(keys.signing(), keys.vrf(), STAKED_COINS))
                .toList());
        return genesis(
                timeMillis,
                new EngineParameters.Pos(lottery.from(timeMillis), staked),
                rules,
                allocations(validators.stream().map(NodeKeys::address).toList(), "validator-"));
    }

    private static List<Allocation> allocations(List<Address> operators, String namePrefix) {
        List<Allocation> allocations = new ArrayList<>();
        for (String name : DevelopmentKeys.names()) {
            allocations.add(new Allocation(DevelopmentKeys.address(name), ACCOUNT_COINS, Optional.of(name)));
        }
        for (int i = 0; i < operators.size(); i++) {
            if (DevelopmentKeys.nameOf(operators.get(i)).isEmpty()) {
                allocations.add(new Allocation(operators.get(i), OPERATOR_COINS, Optional.of(namePrefix + (i + 1))));
            }
        }
        return allocations;
    }

    private Genesis genesis(
            long timeMillis, EngineParameters engine, LedgerRules ledgerRules, List<Allocation> allocations) {
        return new Genesis("synod-" + code(), addressPrefix, true, timeMillis, engine, ledgerRules, allocations);
    }
}
