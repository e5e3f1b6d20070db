package synod.sim.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.chain.Block;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.sim.world.SimNode;

/** On the chain that a member ends with, the transactions of each sender have the nonces 0, 1, 2 … and no other. */
public final class EachNonceOnce implements Checker {
    @Override
    public void finish(List<SimNode> nodes) {
        Map<Hash, Boolean> seen = new TreeMap<>();
        for (SimNode node : nodes) {
            if (seen.put(node.view().blocks().head().id(), true) == null) {
                check(node);
            }
        }
    }

    private void check(SimNode node) {
        Map<PublicKey, Long> next = new TreeMap<>();
        long height = node.view().blocks().head().height();
        for (long at = 1; at <= height; at++) {
            Hash id = node.view().blocks().canonical(at).orElseThrow().id();
            Block block = node.view()
                    .block(id)
                    .orElseThrow(() -> violated(node + " lacks a block of its own branch"))
                    .block();
            for (Transaction transaction : block.transactions()) {
                long expected = next.merge(transaction.senderKey(), 1L, Long::sum) - 1;
                if (transaction.nonce() != expected) {
                    throw violated(node + " has " + transaction + " with nonce " + transaction.nonce() + " in " + block
                            + ", where the sender's next is " + expected);
                }
            }
        }
    }
}
