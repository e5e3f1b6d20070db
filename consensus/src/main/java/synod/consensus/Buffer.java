package synod.consensus;

/**
 * How full a buffer is that others can fill.
 *
 * @param name what it holds
 * @param size how many it holds now
 * @param bound how many it may hold
 */
public record Buffer(String name, long size, long bound) {}
