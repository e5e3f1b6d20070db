package synod.consensus.pow.search;

import java.util.Arrays;
import java.util.Optional;
import synod.consensus.pow.search.code.AreaLayout;
import synod.consensus.pow.search.code.GroupProgram;
import synod.consensus.pow.search.code.Sha256Rounds;

/**
 * A kernel on generated code, which tries an aligned group of nonces at once. The code looks at the last word of the hash
 * only, and only at as many leading zero bits as the target has; a group in which a lane passes is searched again by the
 * JDK's own SHA-256. So nothing that this kernel finds rests on the generated code alone, and a range need not begin or end
 * with a group.
 */
public final class GroupKernel implements NonceKernel {
    private static final int TAIL_AT = 64;
    private static final int MIDSTATE_WORDS = 8;
    private static final int TAIL_WORDS = 3;

    private final String name;
    private final GroupProgram program;
    private final int versions;
    private final int[] area;
    private final int[] uniforms;
    /** For each version what is its own. */
    private final int[][] versionArrays;

    private byte[] header = new byte[0];
    private byte[][] rolledHeaders = new byte[0][];

    /**
     * A kernel.
     *
     * @param versions with how many versions of the header each nonce is tried: a power of two, up to 65,536
     */
    public GroupKernel(String name, GroupProgram program, int versions) {
        if (Integer.bitCount(versions) != 1 || versions > 1 << 16) {
            throw new IllegalArgumentException("versions must be a power of two up to 65536, not " + versions);
        }
        this.name = name;
        this.program = program;
        this.versions = versions;
        AreaLayout layout = program.layout();
        area = new int[layout.words()];
        uniforms = new int[layout.uniforms()];
        versionArrays = new int[versions][layout.versionWords()];
        for (AreaLayout.Entry constant : layout.constants()) {
            fill(area, constant.slot(), constant.source());
        }
        for (int lane = 0; lane < program.lanes(); lane++) {
            // a group begins with a multiple of its length, so there is no carry
            area[layout.laneOffsets() + lane] = Integer.reverseBytes(lane);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int versions() {
        return versions;
    }

    @Override
    public Optional<Solution> search(byte[] searched, byte[] target, int first, int count) {
        prepare(searched);
        fill(area, program.layout().mask(), leadingZeros(target));
        int lanes = program.lanes();
        int lead = first & lanes - 1;
        long groups = Math.ceilDiv((long) lead + count, lanes);
        int next = first - lead;
        for (long i = 0; i < groups; i++) {
            if (isCandidate(next)) {
                int from = i == 0 ? first : next;
                int to = i == groups - 1 ? first + count : next + lanes;
                Optional<Solution> found = confirm(target, from, to - from);
                if (found.isPresent()) {
                    return found;
                }
            }
            next += lanes;
        }
        return Optional.empty();
    }

    private boolean isCandidate(int nonce) {
        program.code().expand(area, Integer.reverseBytes(nonce));
        for (int[] version : versionArrays) {
            if (program.code().anyCandidate(area, version)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Solution> confirm(byte[] target, int first, int count) {
        DoubleHash[] hashes = Arrays.stream(rolledHeaders).map(DoubleHash::new).toArray(DoubleHash[]::new);
        for (int i = 0; i < count; i++) {
            for (int version = 0; version < versions; version++) {
                if (hashes[version].isAtMost(target, first + i)) {
                    return Optional.of(new Solution(RolledVersions.version(header, version), first + i));
                }
            }
        }
        return Optional.empty();
    }

    /** Fills the arrays with what depends on the header, unless it is the last one's. */
    private void prepare(byte[] searched) {
        if (Arrays.equals(searched, header)) {
            return;
        }
        AreaLayout layout = program.layout();
        byte[][] rolled = new byte[versions][];
        for (int version = 0; version < versions; version++) {
            rolled[version] = RolledVersions.withVersion(searched, RolledVersions.version(searched, version));
            int[] midstate = Sha256Rounds.midstate(rolled[version]);
            System.arraycopy(midstate, 0, uniforms, 0, MIDSTATE_WORDS);
            for (int i = 0; i < TAIL_WORDS; i++) {
                uniforms[MIDSTATE_WORDS + i] = Sha256Rounds.bigEndian(searched, TAIL_AT + Integer.BYTES * i);
            }
            program.code().prepare(uniforms);
            for (AreaLayout.Entry entry : layout.perVersion()) {
                fill(versionArrays[version], entry.slot(), uniforms[entry.source()]);
            }
        }
        for (AreaLayout.Entry entry : layout.perHeader()) {
            fill(area, entry.slot(), uniforms[entry.source()]);
        }
        rolledHeaders = rolled;
        header = searched.clone();
    }

    private void fill(int[] words, int slot, int value) {
        Arrays.fill(words, slot, slot + program.lanes(), value);
    }

    /** The bits of a hash's last word, in the byte order of SHA-256, that are zero if it is not above the target. */
    private static int leadingZeros(byte[] target) {
        int highest = Integer.reverseBytes(Sha256Rounds.bigEndian(target, target.length - Integer.BYTES));
        int zeros = Integer.numberOfLeadingZeros(highest);
        return zeros == 0 ? 0 : Integer.reverseBytes(-1 << Integer.SIZE - zeros);
    }
}
