package synod.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from a master key to one of its descendants, written {@code m/44'/0'}. Only hardened steps: Ed25519 has no
 * others (SLIP-10).
 *
 * @param indices the child numbers from the master key downwards, each without the hardening bit
 */
public record DerivationPath(List<Integer> indices) {
    /** The most steps accepted: BIP-32 counts depth in a byte. */
    public static final int MAX_DEPTH = 255;

    /**
     * Checks the steps.
     *
     * @throws IllegalArgumentException if an index is negative or there are more than 255
     */
    public DerivationPath {
        if (indices.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("a derivation path has at most 255 steps, not " + indices.size());
        }
        for (int index : indices) {
            if (index < 0) {
                throw new IllegalArgumentException("a child number is not negative: " + index);
            }
        }
        indices = List.copyOf(indices);
    }

    /**
     * Reads a path. A step is marked as hardened by an apostrophe or the letter h.
     *
     * @throws IllegalArgumentException if the text is no such path; the message names the step
     */
    public static DerivationPath parse(String text) {
        String[] steps = text.split("/", -1);
        if (!steps[0].equals("m")) {
            throw new IllegalArgumentException("a derivation path starts with 'm', not with '" + steps[0] + "'");
        }
        if (steps.length > MAX_DEPTH + 1) {
            throw new IllegalArgumentException("a derivation path has at most 255 steps, not " + (steps.length - 1));
        }
        List<Integer> indices = new ArrayList<>();
        for (int i = 1; i < steps.length; i++) {
            indices.add(parseStep(i, steps[i]));
        }
        return new DerivationPath(indices);
    }

    private static int parseStep(int position, String step) {
        boolean hardened = step.endsWith("'") || step.endsWith("h");
        String digits = hardened ? step.substring(0, step.length() - 1) : step;
        // Ten digits are as many as 2³¹ − 1 has.
        if (digits.isEmpty()
                || digits.length() > 10
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                || Long.parseLong(digits) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("step " + position + " of the derivation path, '" + step
                    + "', is no number from 0' to 2147483647'");
        }
        if (!hardened) {
            throw new IllegalArgumentException("step " + position + " of the derivation path, '" + step
                    + "', is not hardened, and Ed25519 has hardened keys only: write " + step + "'");
        }
        return Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("m");
        for (int index : indices) {
            text.append('/').append(index).append('\'');
        }
        return text.toString();
    }
}
