package synod.node.runtime;

import synod.node.replica.Output;

/** Carries out what the replica wants done outside. Called on the replica's thread; must hand on and return. */
@FunctionalInterface
interface OutputHandler {
    void handle(Output output);
}
