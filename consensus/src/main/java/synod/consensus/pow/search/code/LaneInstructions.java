package synod.consensus.pow.search.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Writes bytecode for words of one kind: a plain integer, or a vector of them. */
interface LaneInstructions {
    /** What the operand stack and the local variables hold. */
    TypeKind type();

    /** Pushes the word at this place of the array in local variable {@code array}. */
    void load(CodeBuilder code, int array, int index);

    /** Pushes a constant, which is also at this place of the array in local variable {@code array}. */
    void loadConstant(CodeBuilder code, int value, int array, int index);

    /** Stores the word in this local variable at this place of the array in local variable {@code array}. */
    void store(CodeBuilder code, int local, int array, int index);

    /**
     * Pushes the nonces of a group, in the byte order of SHA-256.
     *
     * @param first the local variable with the first of them
     * @param array the local variable with the array which has at {@code index} what each lane adds to the first
     */
    void nonces(CodeBuilder code, int first, int array, int index);

    /**
     * Computes a word.
     *
     * @param inputs push the inputs, each as often as it is run
     */
    void compute(CodeBuilder code, Word word, Runnable... inputs);

    /** Returns whether the conjunction of the two words on the stack is zero, in any lane. */
    void returnAnyZeroConjunction(CodeBuilder code);
}
