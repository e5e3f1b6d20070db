package synod.consensus.pow.search.code;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * One word is an {@code IntVector} of the preferred width. The module {@code jdk.incubator.vector} is named here and
 * nowhere else, so that everything compiles and runs without it.
 *
 * <p>The forms below are those from which the JIT makes one instruction where the processor has one: rotations by a
 * constant, and the functions of three words from and, or and exclusive or (AVX-512's {@code vprord} and
 * {@code vpternlogd}).
 */
final class VectorInstructions implements LaneInstructions {
    /** The module that must be resolved. */
    static final String MODULE = "jdk.incubator.vector";

    private static final ClassDesc INT_VECTOR = ClassDesc.of(MODULE, "IntVector");
    private static final ClassDesc VECTOR = ClassDesc.of(MODULE, "Vector");
    private static final ClassDesc MASK = ClassDesc.of(MODULE, "VectorMask");
    private static final ClassDesc SPECIES = ClassDesc.of(MODULE, "VectorSpecies");
    private static final ClassDesc OPERATORS = ClassDesc.of(MODULE, "VectorOperators");
    private static final ClassDesc BINARY = OPERATORS.nested("Binary");
    private static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");

    private static final MethodTypeDesc OF_VECTOR = MethodTypeDesc.of(INT_VECTOR, VECTOR);
    private static final MethodTypeDesc OF_OPERATOR_AND_VECTOR = MethodTypeDesc.of(INT_VECTOR, BINARY, VECTOR);
    private static final MethodTypeDesc OF_OPERATOR_AND_INT = MethodTypeDesc.of(INT_VECTOR, BINARY, CD_int);
    private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, CD_int);
    private static final MethodTypeDesc FROM_ARRAY = MethodTypeDesc.of(INT_VECTOR, SPECIES, CD_int.arrayType(), CD_int);
    private static final MethodTypeDesc BROADCAST = MethodTypeDesc.of(INT_VECTOR, SPECIES, CD_int);
    private static final MethodTypeDesc INTO_ARRAY = MethodTypeDesc.of(CD_void, CD_int.arrayType(), CD_int);

    @Override
    public TypeKind type() {
        return TypeKind.REFERENCE;
    }

    @Override
    public void load(CodeBuilder code, int array, int index) {
        code.getstatic(INT_VECTOR, "SPECIES_PREFERRED", SPECIES)
                .aload(array)
                .loadConstant(index)
                .invokestatic(INT_VECTOR, "fromArray", FROM_ARRAY);
    }

    /** From the array: a memory operand was measured to be faster than a broadcast. */
    @Override
    public void loadConstant(CodeBuilder code, int value, int array, int index) {
        load(code, array, index);
    }

    @Override
    public void store(CodeBuilder code, int local, int array, int index) {
        code.aload(local).aload(array).loadConstant(index).invokevirtual(INT_VECTOR, "intoArray", INTO_ARRAY);
    }

    @Override
    public void nonces(CodeBuilder code, int first, int array, int index) {
        load(code, array, index);
        code.getstatic(INT_VECTOR, "SPECIES_PREFERRED", SPECIES)
                .iload(first)
                .invokestatic(INT_VECTOR, "broadcast", BROADCAST)
                .invokevirtual(INT_VECTOR, "add", OF_VECTOR);
    }

    @Override
    public void compute(CodeBuilder code, Word word, Runnable... inputs) {
        inputs[0].run();
        switch (word.operation()) {
            case ADD -> {
                inputs[1].run();
                code.invokevirtual(INT_VECTOR, "add", OF_VECTOR);
            }
            case ROTATE -> byConstant(code, "ROR", word.number());
            case SHIFT -> byConstant(code, "LSHR", word.number());
            case PARITY -> {
                exclusiveOr(code, inputs[1]);
                exclusiveOr(code, inputs[2]);
            }
            case CHOOSE -> { // (x & (y ^ z)) ^ z
                inputs[1].run();
                exclusiveOr(code, inputs[2]);
                code.invokevirtual(INT_VECTOR, "and", OF_VECTOR);
                exclusiveOr(code, inputs[2]);
            }
            case MAJORITY -> { // (x & y) | (z & (x | y))
                inputs[1].run();
                code.invokevirtual(INT_VECTOR, "and", OF_VECTOR);
                inputs[2].run();
                inputs[0].run();
                inputs[1].run();
                code.invokevirtual(INT_VECTOR, "or", OF_VECTOR)
                        .invokevirtual(INT_VECTOR, "and", OF_VECTOR)
                        .invokevirtual(INT_VECTOR, "or", OF_VECTOR);
            }
            case CONSTANT, INPUT, NONCE -> throw new IllegalArgumentException(word + " is given, not computed");
        }
    }

    @Override
    public void returnAnyZeroConjunction(CodeBuilder code) {
        code.invokevirtual(INT_VECTOR, "and", OF_VECTOR)
                .getstatic(OPERATORS, "EQ", COMPARISON)
                .iconst_0()
                .invokevirtual(INT_VECTOR, "compare", COMPARE)
                .invokevirtual(MASK, "anyTrue", MethodTypeDesc.of(CD_boolean))
                .ireturn();
    }

    private static void byConstant(CodeBuilder code, String operator, int distance) {
        code.getstatic(OPERATORS, operator, BINARY)
                .loadConstant(distance)
                .invokevirtual(INT_VECTOR, "lanewise", OF_OPERATOR_AND_INT);
    }

    private static void exclusiveOr(CodeBuilder code, Runnable other) {
        code.getstatic(OPERATORS, "XOR", ASSOCIATIVE);
        other.run();
        code.invokevirtual(INT_VECTOR, "lanewise", OF_OPERATOR_AND_VECTOR);
    }
}
