package synod.consensus.pow.search.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the words of a computation; operations on constants alone become constants. */
final class WordGraph {
    private final List<Word> words = new ArrayList<>();
    private final Map<Integer, Word> constants = new HashMap<>();

    Word constant(int value) {
        return constants.computeIfAbsent(value, v -> add(Operation.CONSTANT, v, List.of(), false, false));
    }

    /** A word that is given with each header, or with each version of it. */
    Word input(int index, boolean perVersion) {
        return add(Operation.INPUT, index, List.of(), false, perVersion);
    }

    Word nonce() {
        return add(Operation.NONCE, 0, List.of(), true, false);
    }

    Word rotate(Word x, int distance) {
        return apply(Operation.ROTATE, distance, x);
    }

    Word shift(Word x, int distance) {
        return apply(Operation.SHIFT, distance, x);
    }

    Word parity(Word x, Word y, Word z) {
        return apply(Operation.PARITY, 0, x, y, z);
    }

    Word choose(Word x, Word y, Word z) {
        return apply(Operation.CHOOSE, 0, x, y, z);
    }

    Word majority(Word x, Word y, Word z) {
        return apply(Operation.MAJORITY, 0, x, y, z);
    }

    /** The sum; adding the constant zero makes no new word. */
    Word plus(Word x, Word y) {
        if (isZero(x)) {
            return y;
        }
        return isZero(y) ? x : apply(Operation.ADD, 0, x, y);
    }

    /** All words, each after its inputs. */
    List<Word> words() {
        return List.copyOf(words);
    }

    private static boolean isZero(Word word) {
        return word.isConstant() && word.number() == 0;
    }

    private Word apply(Operation operation, int number, Word... inputs) {
        List<Word> list = List.of(inputs);
        if (list.stream().allMatch(Word::isConstant)) {
            return constant(evaluate(operation, number, inputs));
        }
        return add(
                operation,
                number,
                list,
                list.stream().anyMatch(Word::perNonce),
                list.stream().anyMatch(Word::perVersion));
    }

    private Word add(Operation operation, int number, List<Word> inputs, boolean perNonce, boolean perVersion) {
        Word word = new Word(words.size(), operation, number, inputs, perNonce, perVersion);
        words.add(word);
        return word;
    }

    private static int evaluate(Operation operation, int number, Word... inputs) {
        int x = inputs[0].number();
        return switch (operation) {
            case ADD -> x + inputs[1].number();
            case ROTATE -> Integer.rotateRight(x, number);
            case SHIFT -> x >>> number;
            case PARITY -> x ^ inputs[1].number() ^ inputs[2].number();
            case CHOOSE -> Sha256Rounds.choose(x, inputs[1].number(), inputs[2].number());
            case MAJORITY -> Sha256Rounds.majority(x, inputs[1].number(), inputs[2].number());
            case CONSTANT, INPUT, NONCE -> throw new IllegalArgumentException(operation + " has no inputs");
        };
    }
}
