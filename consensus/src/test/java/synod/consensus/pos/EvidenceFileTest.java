package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import synod.chain.codec.ByteString;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.StakeEvidence;
import synod.consensus.Entry;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;

class EvidenceFileTest {
    private final TreeMap<ByteString, ByteString> disk = new TreeMap<>();
    private final EvidenceFile file = new EvidenceFile(disk);
    private final TreeSet<PublicKey> useful = new TreeSet<>();

    private static StakeEvidence against(String name) {
        HashSigner signer = HashSigner.named(name);
        SlotClaim one = new SlotClaim(7, Hash.ZERO);
        SlotClaim other = new SlotClaim(7, Sha256.hash());
        return new StakeEvidence(
                signer.publicKey(),
                one,
                signer.sign(one.signedBytes(Hash.ZERO)),
                other,
                signer.sign(other.signedBytes(Hash.ZERO)));
    }

    private boolean add(String name) {
        int before = file.all().size();
        for (Entry entry : file.add(against(name), useful::contains)) {
            disk.put(entry.key(), entry.value());
        }
        disk.values().removeIf(value -> value.size() == 0);
        assertThat(new EvidenceFile(disk).all()).isEqualTo(file.all());
        return file.all().size() != before;
    }

    @Test
    void whatHasDoneItsWorkGivesWayWhenRoomIsNeeded() {
        for (int i = 0; i < EvidenceFile.MAX_SIZE; i++) {
            useful.add(HashSigner.named("validator " + i).publicKey());
            assertThat(add("validator " + i)).isTrue();
        }
        assertThat(add("one more")).as("all of it can still do something").isFalse();
        useful.remove(HashSigner.named("validator 3").publicKey());
        useful.remove(HashSigner.named("validator 4").publicKey());
        add("one more");
        assertThat(file.all())
                .contains(against("one more"), against("validator 5"))
                .doesNotContain(against("validator 3"), against("validator 4"));
    }
}
