package synod.chain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Samples;
import synod.chain.codec.Decoder;
import synod.crypto.Address;
import synod.crypto.Hash;

class TransactionTest {
    private static final int KEY_OFFSET = 2;
    private static final int PAYLOAD_OFFSET = 50;
    private static final LedgerRules RULES = new LedgerRules(1 << 20, 1, Amount.ZERO, 0, 0);
    private static final Hash OTHER_CHAIN = Hash.parse("ee".repeat(32));

    @Test
    void isSignedForOneChainOnly() {
        assertThat(Samples.TRANSFER.isSignedFor(Samples.GENESIS.id())).isTrue();
        assertThat(Samples.TRANSFER.isSignedFor(OTHER_CHAIN)).isFalse();
    }

    @Test
    void isNotSignedAnyMoreWhenAByteOfItChanges() throws RejectedException {
        byte[] changed = Samples.TRANSFER.encode();
        changed[PAYLOAD_OFFSET]++;
        assertThat(Transaction.decode(new Decoder(changed)).isSignedFor(Samples.GENESIS.id()))
                .isFalse();
    }

    @Test
    void hasTheSizesThatItPromises() {
        Transaction shortest = Transaction.sign(Samples.ALICE, OTHER_CHAIN, 0, Amount.ZERO, new Unbond(new Amount(1)));
        assertThat(shortest.size()).isEqualTo(Transaction.MIN_BYTES).isEqualTo(shortest.encode().length);
        Transaction longest =
                Transaction.sign(Samples.ALICE, OTHER_CHAIN, 0, Amount.ZERO, new Anchor(Hash.ZERO, "x".repeat(80)));
        assertThat(longest.size()).isLessThanOrEqualTo(Transaction.MAX_BYTES);
        assertThat(Samples.TRANSFER.size()).isGreaterThan(Transaction.MIN_BYTES);
    }

    @Test
    void refusesAnUnknownKindOrScheme() {
        assertMalformed(0, 7, "a transaction of unknown kind 7");
        assertMalformed(1, 1, "a key of unknown scheme 1");
    }

    @Test
    void refusesASmallOrderKeyOfTheSender() {
        byte[] bytes = Samples.TRANSFER.encode();
        // the neutral element, 1 in little-endian (RFC 8032 section 5.1)
        System.arraycopy(new byte[32], 0, bytes, KEY_OFFSET, 32);
        bytes[KEY_OFFSET] = 1;
        assertMalformed(bytes, "no canonical Ed25519 point of prime order");
    }

    @Test
    void refusesAMemoThatIsNotUtf8() {
        byte[] bytes = Samples.ANCHOR.encode();
        int memo =
                HexFormat.of().formatHex(bytes).indexOf(HexFormat.of().formatHex("ü".getBytes(StandardCharsets.UTF_8)))
                        / 2;
        bytes[memo + 1] = 'x';
        assertMalformed(bytes, "a memo that is not UTF-8");
    }

    @Test
    void countsTheBytesOfAMemoNotItsCharacters() {
        assertThat(new Anchor(Hash.ZERO, "ü".repeat(40)).memo()).hasSize(40);
        assertThatIllegalArgumentException().isThrownBy(() -> new Anchor(Hash.ZERO, "ü".repeat(41)));
    }

    @Test
    void refusesAMemoThatUtf8CannotExpress() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Anchor(Hash.ZERO, "\ud800"));
    }

    @Test
    void allowsNoTransferOfNothing() {
        assertThatThrownBy(() -> new Transfer(Address.NONE, Amount.ZERO).check(RULES))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.rejection().reason()).isEqualTo(Reason.BAD_CONTENT));
    }

    private static void assertMalformed(int offset, int value, String message) {
        byte[] bytes = Samples.TRANSFER.encode();
        bytes[offset] = (byte) value;
        assertMalformed(bytes, message);
    }

    private static void assertMalformed(byte[] bytes, String message) {
        assertThatThrownBy(() -> Transaction.decode(new Decoder(bytes)))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(message);
    }
}
