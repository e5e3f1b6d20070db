package synod.consensus.pow.search.code;

import java.util.Arrays;

/**
 * SHA-256d of an 80-byte header as a graph of words, from what is known of the header to the word of the hash that a
 * target limits first. The first 64 bytes, which hold the version, enter as their midstate; of the last 16 three words are
 * given and the fourth is the nonce.
 *
 * <p>What the last word of the hash does not need is not there: the rounds 61 to 63 of the second compression, and one
 * half of the four before them.
 */
final class DoubleHashGraph {
    /** The inputs: the midstate's words, then the three words before the nonce. */
    static final int MIDSTATE_WORDS = 8;

    static final int TAIL_WORDS = 3;

    /** Words of the state and of a block. */
    private static final int STATE = 8;

    private static final int BLOCK = 16;

    /** Lengths in bits of the two messages. */
    private static final int HEADER_BITS = 640;

    private static final int HASH_BITS = 256;
    private static final int PADDING = 0x8000_0000;

    /** The last word of the hash is the initial one plus the fifth word of the state after this many rounds. */
    private static final int SECOND_ROUNDS = 61;

    private final WordGraph graph = new WordGraph();
    private final Word nonce = graph.nonce();
    private final Word lastWord;

    DoubleHashGraph() {
        Sum[] midstate = new Sum[STATE];
        for (int i = 0; i < STATE; i++) {
            midstate[i] = sum(graph.input(i, true));
        }
        Sum[] block = new Sum[BLOCK];
        Arrays.fill(block, sum(graph.constant(0)));
        for (int i = 0; i < TAIL_WORDS; i++) {
            block[i] = sum(graph.input(MIDSTATE_WORDS + i, false));
        }
        block[TAIL_WORDS] = sum(nonce);
        block[TAIL_WORDS + 1] = sum(graph.constant(PADDING));
        block[BLOCK - 1] = sum(graph.constant(HEADER_BITS));

        Sum[] state = midstate.clone();
        Sum[] schedule = schedule(block, Sha256Rounds.ROUNDS);
        for (int i = 0; i < Sha256Rounds.ROUNDS; i++) {
            round(state, schedule[i], i);
        }

        Sum[] second = new Sum[BLOCK];
        Arrays.fill(second, sum(graph.constant(0)));
        for (int i = 0; i < STATE; i++) {
            second[i] = Sum.of(graph, state[i], midstate[i]);
            state[i] = sum(graph.constant(Sha256Rounds.initial(i)));
        }
        second[STATE] = sum(graph.constant(PADDING));
        second[BLOCK - 1] = sum(graph.constant(HASH_BITS));
        schedule = schedule(second, SECOND_ROUNDS);
        for (int i = 0; i < SECOND_ROUNDS; i++) {
            round(state, schedule[i], i);
        }
        lastWord = Sum.of(graph, sum(graph.constant(Sha256Rounds.initial(STATE - 1))), state[4])
                .value();
    }

    WordGraph graph() {
        return graph;
    }

    Word nonce() {
        return nonce;
    }

    /** The last of the hash's eight words: the most significant four bytes of the number that a target limits. */
    Word lastWord() {
        return lastWord;
    }

    private Sum[] schedule(Sum[] block, int rounds) {
        Sum[] w = Arrays.copyOf(block, rounds);
        for (int i = BLOCK; i < rounds; i++) {
            w[i] = Sum.of(graph, w[i - 16], w[i - 7], sum(smallSigma0(w[i - 15])), sum(smallSigma1(w[i - 2])));
        }
        return w;
    }

    private void round(Sum[] s, Sum w, int round) {
        Sum weighted = Sum.of(graph, sum(graph.constant(Sha256Rounds.constant(round))), w);
        Word a = s[0].value();
        Word e = s[4].value();
        Word choose = graph.choose(e, s[5].value(), s[6].value());
        Sum t1 = Sum.of(graph, s[7], weighted, sum(choose), sum(bigSigma1(e)));
        Word majority = graph.majority(a, s[1].value(), s[2].value());
        Sum next = Sum.of(graph, sum(majority), sum(bigSigma0(a)), t1);
        Sum nextE = Sum.of(graph, s[3], t1);
        System.arraycopy(s, 0, s, 1, STATE - 1);
        s[0] = next;
        s[4] = nextE;
    }

    private Word smallSigma0(Sum x) {
        return sigma(x.value(), 7, 18, 3);
    }

    private Word smallSigma1(Sum x) {
        return sigma(x.value(), 17, 19, 10);
    }

    private Word sigma(Word x, int rotation1, int rotation2, int shift) {
        return graph.parity(graph.rotate(x, rotation1), graph.rotate(x, rotation2), graph.shift(x, shift));
    }

    private Word bigSigma0(Word x) {
        return graph.parity(graph.rotate(x, 2), graph.rotate(x, 13), graph.rotate(x, 22));
    }

    private Word bigSigma1(Word x) {
        return graph.parity(graph.rotate(x, 6), graph.rotate(x, 11), graph.rotate(x, 25));
    }

    private Sum sum(Word word) {
        return Sum.of(graph, word);
    }
}
