package synod.sim.check;

import java.util.List;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/** Blocks make the coins that the rules say, slashing destroys those that the ledger counts, and nothing else does either. */
public final class SupplyConserved implements Checker {
    private final LedgerRules rules;
    private final Amount genesisSupply;

    /** A ledger with these rules and so many coins at first. */
    public SupplyConserved(LedgerRules rules, Amount genesisSupply) {
        this.rules = rules;
        this.genesisSupply = genesisSupply;
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.HeadChanged _)) {
                long height = step.view().ledger().height();
                Amount supply = step.view().ledger().supply();
                Amount expected = rules.supplyAt(height, genesisSupply)
                        .minus(step.view().ledger().burned());
                if (!supply.equals(expected)) {
                    throw violated("at height " + height + " " + step.node() + " has a supply of " + supply
                            + ", and the rules make " + expected);
                }
            }
        }
    }

    @Override
    public void finish(List<SimNode> nodes) {
        for (SimNode node : nodes) {
            if (!node.audit().isConsistent()) {
                throw violated(node + "'s balances do not add up: " + node.audit());
            }
        }
    }
}
