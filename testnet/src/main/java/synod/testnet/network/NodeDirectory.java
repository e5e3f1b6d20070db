package synod.testnet.network;

import java.nio.file.Path;

/**
 * Where one node keeps its files.
 *
 * @param name the node's name
 * @param path an absolute path
 */
public record NodeDirectory(String name, Path path) {
    /** The node's configuration: see {@link NodeSettings}. */
    public Path config() {
        return path.resolve("node.json");
    }

    /** The key by which peers know the node. */
    public Path key() {
        return path.resolve("node.key");
    }

    /** What the node itself writes. */
    public Path data() {
        return path.resolve("data");
    }

    /** What the node prints, from all its runs. */
    public Path log() {
        return path.resolve("node.log");
    }
}
