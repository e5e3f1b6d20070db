package synod.node.stratum;

import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.store.Disk;
import synod.chain.store.DiskException;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.node.rpc.port.PoolPort;

/**
 * The shares and the debts of a pool, on a disk of their own, so that nothing owed is lost and nothing paid twice whenever
 * the node ends: a found block is written down before the network hears of it, a payment before anybody can include it. Safe
 * for several threads.
 */
public final class PoolAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(PoolAccounts.class);

    /** So many bytes of single shares before they become part of a state. */
    private static final int MAX_APPENDED_BYTES = 4 << 20;

    private final PoolFile file;
    private final ShareLedger ledger;
    private final PayoutBook book;
    private boolean failed;

    private PoolAccounts(PoolFile file, ShareLedger ledger, PayoutBook book) {
        this.file = file;
        this.ledger = ledger;
        this.book = book;
    }

    /**
     * Opens the accounts on a disk, or begins them.
     *
     * @param chain block 0's id
     * @throws DiskException if they are damaged or of another chain
     */
    public static PoolAccounts open(Disk disk, Hash chain) {
        PoolFile file = new PoolFile(disk, chain);
        PoolFile.Contents contents = file.read();
        PoolAccounts accounts = contents.state().length == 0
                ? new PoolAccounts(file, new ShareLedger(), new PayoutBook())
                : decode(file, contents.state());
        contents.shares().forEach(share -> accounts.ledger.add(share.worker(), share.difficulty()));
        accounts.save();
        return accounts;
    }

    private static PoolAccounts decode(PoolFile file, byte[] state) {
        try {
            Decoder in = new Decoder(state);
            ShareLedger ledger = ShareLedger.decode(in);
            PayoutBook book = PayoutBook.decode(in);
            in.finish();
            return new PoolAccounts(file, ledger, book);
        } catch (RejectedException e) {
            throw new DiskException(
                    DiskException.Kind.FAILED,
                    "The pool's accounts are whole and cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Counts a share; false if there is no place for another worker.
     *
     * @throws DiskException if it cannot be kept
     */
    synchronized boolean accepted(Address worker, double difficulty) {
        if (!ledger.has(worker) && !(ledger.hasPlace() && book.hasPlaceFor(worker))) {
            return false;
        }
        ShareLedger.Share share = new ShareLedger.Share(worker, difficulty);
        guarded(() -> file.append(share));
        ledger.add(worker, difficulty);
        return true;
    }

    /**
     * Divides a found block among those whose work was in it; durable when this returns.
     *
     * @throws DiskException if that cannot be kept, or too many blocks wait
     */
    synchronized FoundBlock found(Block block, double difficulty) {
        FoundBlock found = new FoundBlock(block, ledger.split(FoundBlock.WHOLE, difficulty));
        if (!book.hasPlaceFor(found)) {
            throw new DiskException(
                    DiskException.Kind.FULL, "Too many found blocks wait for maturity, or in too many parts.");
        }
        change(accounts -> accounts.found(found));
        return found;
    }

    /** Makes the last shares durable. */
    synchronized void sync() {
        if (file.appendedBytes() > MAX_APPENDED_BYTES) {
            save();
        } else {
            guarded(file::sync);
        }
    }

    /** Reads the book. */
    synchronized <T> T read(Function<PayoutBook, T> query) {
        return query.apply(book);
    }

    /**
     * Changes the book; durable when this returns.
     *
     * @throws DiskException if it cannot be kept; then nothing is changed any more
     */
    synchronized void change(Consumer<PayoutBook> change) {
        boolean changed = false;
        try {
            change.accept(book);
            changed = true;
        } finally {
            failed |= !changed; // what was done before the defect must not be kept as if it were all
        }
        save();
    }

    /** What is owed, in figures. */
    public synchronized PoolPort.Accounts summary() {
        return new PoolPort.Accounts(book.owedUnits(), book.unsettled().size(), book.paidBlocks(), book.orphans());
    }

    private void save() {
        Encoder out = new Encoder(1 << 12);
        ledger.encode(out);
        book.encode(out);
        guarded(() -> file.save(out.toBytes()));
    }

    /** After a failure memory and disk may differ, so nothing more is counted or paid before a restart reads the disk. */
    private void guarded(Runnable write) {
        if (failed) {
            throw new DiskException(
                    DiskException.Kind.FAILED,
                    "The pool's accounts are not used any more since they could not be kept.");
        }
        try {
            write.run();
        } catch (DiskException e) {
            failed = true;
            LOG.error("the pool counts and pays nothing any more before a restart: {}", e.getMessage());
            throw e;
        }
    }
}
