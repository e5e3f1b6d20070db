package synod.consensus.pos;

import java.util.Optional;
import java.util.stream.Stream;
import synod.chain.BlockHeader;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.SlotClock;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.crypto.Hash;

/** Where slots, epochs and their checkpoints lie on the branches of a tree. */
record Branches(BlockTree tree, SlotClock clock) {
    long slot(BlockHeader header) {
        return clock.slot(header.timeMillis());
    }

    long slot(BlockNode node) {
        return slot(node.header());
    }

    long epoch(BlockNode node) {
        return clock.epoch(slot(node));
    }

    BlockNode parent(BlockNode node) {
        return tree.node(node.parent())
                .orElseThrow(() -> new IllegalStateException("the tree lost the ancestor " + node.parent()));
    }

    /** The last block of this branch before the epoch's first slot; block 0 of epoch 0. */
    BlockNode checkpoint(long epoch, BlockNode tip) {
        long first = clock.firstSlot(epoch);
        BlockNode node = tip;
        while (node.height() > 0 && slot(node) >= first) {
            node = parent(node);
        }
        return node;
    }

    /** The blocks of this epoch and later ones on a branch, the newest first. */
    Stream<BlockNode> blocks(long epoch, BlockNode tip) {
        return Stream.iterate(tip, node -> node.height() > 0 && epoch(node) >= epoch, this::parent);
    }

    /** The certificates that they carry, the newest first. */
    Stream<JustificationCertificate> certificates(long epoch, BlockNode tip) {
        return blocks(epoch, tip).flatMap(node -> SlotSeal.of(node.header(), node.seal()).certificate().stream());
    }

    /** Whether the block is this one or an ancestor of it. */
    boolean contains(BlockNode tip, Hash block) {
        return tree.node(block).filter(ancestor -> contains(tip, ancestor)).isPresent();
    }

    private boolean contains(BlockNode tip, BlockNode ancestor) {
        BlockNode node = tip;
        while (node.height() > ancestor.height()) {
            if (isAdopted(node)) {
                return isAdopted(ancestor);
            }
            node = parent(node);
        }
        return node.id().equals(ancestor.id());
    }

    /** Whether the block is on the adopted branch. */
    boolean isAdopted(BlockNode node) {
        return tree.canonical(node.height())
                .filter(adopted -> adopted.id().equals(node.id()))
                .isPresent();
    }

    /**
     * Whether this branch has the checkpoint, and not only its block: where other blocks before the epoch's first slot
     * follow that one, the epoch's checkpoint is another.
     */
    boolean contains(BlockNode tip, Checkpoint checkpoint) {
        Optional<BlockNode> known = tree.node(checkpoint.block());
        if (known.isEmpty()) {
            return false;
        }
        BlockNode block = known.get();
        BlockNode node = tip;
        BlockNode child = tip;
        while (node.height() > block.height()) {
            if (isAdopted(node)) {
                child = tree.canonical(block.height() + 1).orElseThrow();
                node = tree.canonical(block.height()).orElseThrow();
            } else {
                child = node;
                node = parent(node);
            }
        }
        return node.id().equals(block.id())
                && (tip.id().equals(block.id()) || slot(child) >= clock.firstSlot(checkpoint.epoch()));
    }
}
