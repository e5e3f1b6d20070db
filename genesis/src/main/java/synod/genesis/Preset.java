package synod.genesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;

/** Networks that ship with the software. All are development networks: their coins belong to everybody. */
public enum Preset {
    /**
     * Proof of work with a block every second, for one machine. The easiest target takes 65,537 hashes on average, a third
     * of a second for four nodes of 50,000 hashes a second each.
     */
    DEV(
            "dev",
            new PowParameters(
                    1_000, 60_000, bits(0x1f00ffff), bits(0x1f00ffff), 10_000, PowParameters.MEDIAN_TIME_BLOCKS),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 210_000, 10)),

    /**
     * Proof of work with a block every quarter of a minute and rules as on a network of several machines. The first
     * blocks take 2.8 million hashes.
     */
    SLOW(
            "slow",
            new PowParameters(
                    15_000, 3_600_000, bits(0x1f00ffff), bits(0x1e05ffff), 60_000, PowParameters.MEDIAN_TIME_BLOCKS),
            new LedgerRules(2 << 20, 1, Amount.ofCoins(50), 8_400_000, 100));

    /** What each development account has from the start. */
    public static final Amount ACCOUNT_COINS = Amount.ofCoins(1_000_000);

    /** What each node's operator has from the start, to pay fees with until rewards mature. */
    public static final Amount OPERATOR_COINS = Amount.ofCoins(1_000);

    private final String addressPrefix;
    private final PowParameters parameters;
    private final LedgerRules rules;

    Preset(String addressPrefix, PowParameters parameters, LedgerRules rules) {
        this.addressPrefix = addressPrefix;
        this.parameters = parameters;
        this.rules = rules;
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

    /**
     * A new network of this kind.
     *
     * @param timeMillis block 0's time: now, or blocks come too fast until the schedule is met
     * @param operators the payout addresses of its nodes, each once; one that is a development account gets no more than
     *     that account's coins
     */
    public Genesis genesis(long timeMillis, List<Address> operators) {
        List<Allocation> allocations = new ArrayList<>();
        for (String name : DevelopmentKeys.names()) {
            allocations.add(new Allocation(DevelopmentKeys.address(name), ACCOUNT_COINS, Optional.of(name)));
        }
        for (int i = 0; i < operators.size(); i++) {
            if (DevelopmentKeys.nameOf(operators.get(i)).isEmpty()) {
                allocations.add(new Allocation(operators.get(i), OPERATOR_COINS, Optional.of("operator-" + (i + 1))));
            }
        }
        return new Genesis(
                "synod-" + code(),
                addressPrefix,
                true,
                timeMillis,
                new EngineParameters.Pow(parameters),
                rules,
                allocations);
    }
}
