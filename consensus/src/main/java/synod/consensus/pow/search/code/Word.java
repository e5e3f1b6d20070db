package synod.consensus.pow.search.code;

import java.util.List;

/**
 * A 32-bit word of the computation: a node of the graph. Two words are the same only if they are the same object.
 *
 * @param id its place in the order in which the words were made; inputs are before their users
 * @param number of a constant the value, of an input its index, of a rotation or shift the distance
 * @param perNonce whether it differs from nonce to nonce
 * @param perVersion whether it differs from version to version of one header
 */
record Word(int id, Operation operation, int number, List<Word> inputs, boolean perNonce, boolean perVersion) {
    boolean isConstant() {
        return operation == Operation.CONSTANT;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
