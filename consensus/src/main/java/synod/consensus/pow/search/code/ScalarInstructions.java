package synod.consensus.pow.search.code;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** One word is one {@code int}. */
final class ScalarInstructions implements LaneInstructions {
    private static final ClassDesc INTEGER = ClassDesc.of("java.lang.Integer");
    private static final MethodTypeDesc OF_TWO_INTS = MethodTypeDesc.of(CD_int, CD_int, CD_int);

    @Override
    public TypeKind type() {
        return TypeKind.INT;
    }

    @Override
    public void load(CodeBuilder code, int array, int index) {
        code.aload(array).loadConstant(index).iaload();
    }

    @Override
    public void loadConstant(CodeBuilder code, int value, int array, int index) {
        code.loadConstant(value);
    }

    @Override
    public void store(CodeBuilder code, int local, int array, int index) {
        code.aload(array).loadConstant(index).iload(local).iastore();
    }

    /** There is one lane, which adds nothing. */
    @Override
    public void nonces(CodeBuilder code, int first, int array, int index) {
        code.iload(first);
    }

    @Override
    public void compute(CodeBuilder code, Word word, Runnable... inputs) {
        inputs[0].run();
        switch (word.operation()) {
            case ADD -> {
                inputs[1].run();
                code.iadd();
            }
            case ROTATE -> code.loadConstant(word.number()).invokestatic(INTEGER, "rotateRight", OF_TWO_INTS);
            case SHIFT -> code.loadConstant(word.number()).iushr();
            case PARITY -> {
                inputs[1].run();
                code.ixor();
                inputs[2].run();
                code.ixor();
            }
            case CHOOSE -> { // z ^ (x & (y ^ z))
                inputs[1].run();
                inputs[2].run();
                code.ixor().iand();
                inputs[2].run();
                code.ixor();
            }
            case MAJORITY -> { // (x & y) | (z & (x | y))
                inputs[1].run();
                code.iand();
                inputs[2].run();
                inputs[0].run();
                inputs[1].run();
                code.ior().iand().ior();
            }
            case CONSTANT, INPUT, NONCE -> throw new IllegalArgumentException(word + " is given, not computed");
        }
    }

    @Override
    public void returnAnyZeroConjunction(CodeBuilder code) {
        code.iand()
                .ifThenElse(
                        Opcode.IFEQ,
                        zero -> zero.iconst_1().ireturn(),
                        other -> other.iconst_0().ireturn());
    }
}
