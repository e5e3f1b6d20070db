package synod.chain.tree;

import synod.chain.Rejection;

/** What became of a header that was to enter the tree. */
public sealed interface Insertion {
    /** It is a node now. */
    record Added(BlockNode node) implements Insertion {}

    /** It was a node before. */
    record Known(BlockNode node) implements Insertion {}

    /** It can be no node: its parent is unknown, or it or an ancestor is invalid, or its height is wrong. */
    record Refused(Rejection rejection) implements Insertion {}

    /** As many headers as may wait for bodies, and none of them weaker than this one. It may be good later. */
    record NoRoom() implements Insertion {}
}
