package synod.consensus.pow.search.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Writes bytecode for words of one kind: a plain integer, or a vector of them. */
interface LaneInstructions {
    /** What the operand stack and the local variables hold. */
    TypeKind type();

    /** Pushes the word at this place of the array in local variable 0. */
    void load(CodeBuilder code, int index);

    /** Pushes a constant, which is also at this place of the array. */
    void loadConstant(CodeBuilder code, int value, int index);

    /** Stores the word in this local variable at this place of the array in local variable 0. */
    void store(CodeBuilder code, int local, int index);

    /**
     * Computes a word.
     *
     * @param inputs push the inputs, each as often as it is run
     */
    void compute(CodeBuilder code, Word word, Runnable... inputs);

    /** Returns whether the conjunction of the two words on the stack is zero, in any lane. */
    void returnAnyZeroConjunction(CodeBuilder code);
}
