package synod.consensus;

import synod.chain.validator.ValidatorSet;

/** Who decides the next block, as the ledger has it. */
@FunctionalInterface
public interface Validators {
    /** The set that decides the head's child: the one whose root the head's header names. */
    ValidatorSet next();
}
