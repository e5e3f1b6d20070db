package synod.node.stratum;

import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Block;
import synod.chain.store.DiskException;
import synod.crypto.Address;

/** Counts miners' work in the pool's accounts, if it is divided, and hands found blocks on. */
public final class MinersWork implements WorkSink {
    private static final Logger LOG = LoggerFactory.getLogger(MinersWork.class);

    private final Optional<PoolAccounts> accounts;
    private final Consumer<Block> onFound;

    /**
     * A sink.
     *
     * @param accounts where work is counted; empty if nothing is divided
     * @param onFound takes blocks
     */
    public MinersWork(Optional<PoolAccounts> accounts, Consumer<Block> onFound) {
        this.accounts = accounts;
        this.onFound = onFound;
    }

    @Override
    public boolean accepted(Address worker, double difficulty) {
        return accounts.map(book -> book.accepted(worker, difficulty)).orElse(true);
    }

    /** Written down first. If that fails the block goes out all the same: a reward that cannot be divided is better than none. */
    @Override
    public void found(Block block, double difficulty) {
        try {
            accounts.ifPresent(book -> book.found(block, difficulty));
        } catch (DiskException e) {
            LOG.error("the block {} was found, and its reward is not divided: {}", block.id(), e.getMessage());
        } finally {
            onFound.accept(block);
        }
    }

    @Override
    public void tick() {
        try {
            accounts.ifPresent(PoolAccounts::sync);
        } catch (DiskException e) {
            LOG.debug("the last shares are not synced: {}", e.getMessage());
        }
    }
}
