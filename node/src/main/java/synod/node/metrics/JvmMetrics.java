package synod.node.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;

/** A few figures of the Java machine: enough to see a leak or a thread that runs away. */
final class JvmMetrics {
    private static final double MILLIS_PER_SECOND = 1000;

    private JvmMetrics() {}

    static void register(MeterRegistry registry) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Gauge.builder(
                        "synod.jvm.heap.used.bytes",
                        memory,
                        bean -> bean.getHeapMemoryUsage().getUsed())
                .description("Heap in use")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "synod.jvm.heap.max.bytes",
                        memory,
                        bean -> bean.getHeapMemoryUsage().getMax())
                .description("The heap's limit")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "synod.jvm.nonheap.used.bytes",
                        memory,
                        bean -> bean.getNonHeapMemoryUsage().getUsed())
                .description("Memory of the machine itself in use")
                .strongReference(true)
                .register(registry);
        Gauge.builder("synod.jvm.threads.count", ManagementFactory.getThreadMXBean(), bean -> bean.getThreadCount())
                .description("Platform threads")
                .strongReference(true)
                .register(registry);
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        FunctionCounter.builder("synod.jvm.collection.time.seconds", collectors, JvmMetrics::collectionSeconds)
                .description("Time spent in garbage collection")
                .register(registry);
    }

    private static double collectionSeconds(List<GarbageCollectorMXBean> collectors) {
        return collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / MILLIS_PER_SECOND;
    }
}
