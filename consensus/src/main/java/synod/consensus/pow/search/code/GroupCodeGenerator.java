package synod.consensus.pow.search.code;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the class file of a {@link GroupCode}: chains of static methods without branches, each of which takes an area,
 * reads what earlier ones left there, and leaves what later ones need.
 *
 * <p>The methods are short enough for the JIT, which does not compile methods of more than 8,000 bytes, and long enough
 * that what passes through memory between them does not count.
 */
final class GroupCodeGenerator {
    private static final ClassDesc ARRAY = CD_int.arrayType();
    private static final MethodTypeDesc PREPARES = MethodTypeDesc.of(CD_void, ARRAY);
    private static final MethodTypeDesc EXPANDS = MethodTypeDesc.of(CD_void, ARRAY, CD_int);
    private static final MethodTypeDesc COMPUTES = MethodTypeDesc.of(CD_void, ARRAY, ARRAY);
    private static final MethodTypeDesc TESTS = MethodTypeDesc.of(CD_boolean, ARRAY, ARRAY);

    /** Local variables of a piece. Beside the area there is either the first nonce or the version's array. */
    private static final int AREA = 0;

    private static final int FIRST_NONCE = 1;
    private static final int VERSION = 1;
    private static final ScalarInstructions SCALAR = new ScalarInstructions();

    private final ClassDesc self;
    private final Plan plan;
    private final LaneInstructions lanes;

    /** A generator of the class with this name. */
    GroupCodeGenerator(ClassDesc self, Plan plan, LaneInstructions lanes) {
        this.self = self;
        this.plan = plan;
        this.lanes = lanes;
    }

    /** The class file. */
    byte[] classFile() {
        return ClassFile.of().build(self, type -> {
            type.withFlags(ACC_PUBLIC | ACC_FINAL)
                    .withInterfaceSymbols(GroupCode.class.describeConstable().orElseThrow());
            type.withMethodBody(
                    INIT_NAME,
                    MTD_void,
                    ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(CD_Object, INIT_NAME, MTD_void)
                            .return_());
            type.withMethodBody("prepare", PREPARES, ACC_PUBLIC, this::prepare);
            chain(type, "expand", plan.shared(), EXPANDS, EXPANDS);
            chain(type, "anyCandidate", plan.versioned(), COMPUTES, TESTS);
        });
    }

    /** A method of the interface, of the last piece's type, that runs pieces one after the other; and the pieces. */
    private void chain(
            ClassBuilder type,
            String name,
            List<List<Word>> pieces,
            MethodTypeDesc pieceType,
            MethodTypeDesc lastType) {
        List<MethodTypeDesc> types = new ArrayList<>(Collections.nCopies(pieces.size() - 1, pieceType));
        types.add(lastType);
        for (int i = 0; i < pieces.size(); i++) {
            List<Word> piece = pieces.get(i);
            boolean tests = types.get(i).equals(TESTS);
            type.withMethodBody(name + i, types.get(i), ACC_PRIVATE | ACC_STATIC, code -> piece(code, piece, tests));
        }
        type.withMethodBody(name, lastType, ACC_PUBLIC, code -> {
            for (int i = 0; i < pieces.size(); i++) {
                code.aload(1)
                        .loadLocal(TypeKind.from(lastType.parameterType(1)), 2)
                        .invokestatic(self, name + i, types.get(i));
            }
            code.return_(TypeKind.from(lastType.returnType()));
        });
    }

    private void piece(CodeBuilder code, List<Word> words, boolean isTest) {
        Map<Word, Integer> locals = new HashMap<>();
        for (Word word : words) {
            for (Word input : word.inputs()) {
                if (input.perNonce() && !locals.containsKey(input)) {
                    lanes.load(code, AREA, plan.slot(input));
                    locals.put(input, store(code));
                }
            }
            if (word.operation() == Operation.NONCE) {
                lanes.nonces(code, FIRST_NONCE, AREA, plan.layout().laneOffsets());
            } else {
                lanes.compute(
                        code,
                        word,
                        word.inputs().stream()
                                .map(input -> (Runnable) () -> push(code, input, locals))
                                .toArray(Runnable[]::new));
            }
            int local = store(code);
            locals.put(word, local);
            if (plan.isSpilled(word)) {
                lanes.store(code, local, AREA, plan.slot(word));
            }
        }
        if (isTest) {
            push(code, words.getLast(), locals);
            lanes.load(code, AREA, plan.layout().mask());
            lanes.returnAnyZeroConjunction(code);
        } else {
            code.return_();
        }
    }

    private int store(CodeBuilder code) {
        int local = code.allocateLocal(lanes.type());
        code.storeLocal(lanes.type(), local);
        return local;
    }

    private void push(CodeBuilder code, Word word, Map<Word, Integer> locals) {
        Integer local = locals.get(word);
        if (local != null) {
            code.loadLocal(lanes.type(), local);
        } else if (word.isConstant()) {
            lanes.loadConstant(code, word.number(), AREA, plan.slot(word));
        } else {
            lanes.load(code, word.perVersion() && !word.perNonce() ? VERSION : AREA, plan.slot(word));
        }
    }

    /** Runs once for a header, so everything stays in the array. */
    private void prepare(CodeBuilder code) {
        for (Word word : plan.uniforms()) {
            code.aload(1).loadConstant(plan.uniformIndex(word));
            SCALAR.compute(
                    code,
                    word,
                    word.inputs().stream()
                            .map(input -> (Runnable) () -> pushUniform(code, input))
                            .toArray(Runnable[]::new));
            code.iastore();
        }
        code.return_();
    }

    private void pushUniform(CodeBuilder code, Word word) {
        if (word.isConstant()) {
            code.loadConstant(word.number());
        } else {
            code.aload(1).loadConstant(plan.uniformIndex(word)).iaload();
        }
    }
}
