package synod.wallet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * The transaction of one sender on one network that is being submitted, on disk from before the first try until a node
 * has said yes or no. If the connection breaks in between, nobody knows whether it was taken; the next command finds it
 * here and can go on with the same bytes instead of paying a second time.
 *
 * <p>While open, it is locked against other wallet processes, which would otherwise take the same nonce.
 */
final class Outbox implements AutoCloseable {
    private static final String FORMAT = "synod-outbox";
    private static final long VERSION = 1;

    private final Path file;
    private final Hash chainId;
    private final FileChannel lock;

    private Outbox(Path file, Hash chainId, FileChannel lock) {
        this.file = file;
        this.chainId = chainId;
        this.lock = lock;
    }

    /** Opens the sender's outbox; waits while another process has it open. */
    static Outbox open(WalletDirectory wallets, Hash chainId, Address sender) {
        Path directory = wallets.path().resolve("outbox");
        String name = chainId.toString().substring(0, 16) + "-"
                + sender.digest().toString().substring(0, 32);
        try {
            PrivateFiles.createDirectory(wallets.path());
            PrivateFiles.createDirectory(directory);
            FileChannel lock = PrivateFiles.open(directory.resolve(name + ".lock"), StandardOpenOption.CREATE);
            try {
                lock.lock();
            } catch (IOException e) {
                lock.close();
                throw e;
            }
            return new Outbox(directory.resolve(name + ".json"), chainId, lock);
        } catch (IOException e) {
            throw WalletDirectory.unusable(directory, e);
        }
    }

    /** The transaction whose fate an earlier command did not learn. */
    Optional<Transaction> unsettled() {
        try {
            JsonObject json = Json.parseObject(Files.readString(file));
            if (!json.text("format").equals(FORMAT) || json.number("version") != VERSION) {
                throw new JsonShapeException("it is of another format");
            }
            Decoder in = new Decoder(HexFormat.of().parseHex(json.text("transaction")));
            Transaction transaction = Transaction.decode(in);
            in.finish();
            if (!transaction.isSignedFor(chainId)) {
                throw new JsonShapeException("its signature is not valid");
            }
            return Optional.of(transaction);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonShapeException | IllegalArgumentException | RejectedException e) {
            throw new WalletException(
                    ExitCode.FAILURE,
                    file + ", which should hold a transaction that was being sent, cannot be read: " + e.getMessage()
                            + ". Check the sender's history, then delete that file.",
                    e);
        } catch (IOException e) {
            throw WalletDirectory.unusable(file, e);
        }
    }

    /** Notes the transaction that is about to be submitted. */
    void put(Transaction transaction) {
        try {
            PrivateFiles.replace(
                    file,
                    new JsonObject()
                            .put("format", FORMAT)
                            .put("version", VERSION)
                            .put("id", transaction.id().toString())
                            .put("transaction", HexFormat.of().formatHex(transaction.encode())));
        } catch (IOException e) {
            throw WalletDirectory.unusable(file, e);
        }
    }

    /** Forgets the transaction: its fate is known. */
    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw WalletDirectory.unusable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw WalletDirectory.unusable(file, e);
        }
    }
}
