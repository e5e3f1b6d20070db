package synod.sim.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import synod.sim.run.Campaign;
import synod.sim.run.Outcome;
import synod.sim.run.Plan;
import synod.sim.world.Violation;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what came of a campaign, to people or to programs. */
final class Report {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final PrintWriter out;
    private final boolean json;

    Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Prints it all. */
    void print(Plan plan, Campaign campaign, long nanos, List<Outcome> shrunk) {
        if (json) {
            out.println(json(plan, campaign, nanos, shrunk));
        } else {
            text(plan, campaign, nanos, shrunk);
        }
        out.flush();
    }

    private void text(Plan plan, Campaign campaign, long nanos, List<Outcome> shrunk) {
        double seconds = nanos / NANOS_PER_SECOND;
        out.printf(
                Locale.ROOT,
                "%s: %,d seeds from %d in %.1f s, %,d events (%,.0f/s), %.1f hours of virtual time%n",
                plan.engine(),
                campaign.seeds(),
                plan.seed(),
                seconds,
                campaign.events(),
                campaign.events() / seconds,
                campaign.virtualMillis() / MILLIS_PER_HOUR);
        campaign.marks().counts().forEach((mark, count) -> out.printf(Locale.ROOT, "  %,10d  %s%n", count, mark));
        if (campaign.failures().isEmpty()) {
            out.println("everything held");
        }
        campaign.failures().forEach(failure -> print("FAILED", failure));
        shrunk.forEach(failure -> print("the first one, made smaller:", failure));
    }

    private void print(String what, Outcome failure) {
        Violation violation = failure.violation().orElseThrow();
        out.println(
                what + " seed " + failure.plan().seed() + ": " + violation.checker() + ": " + violation.getMessage());
        out.println("  liars " + failure.swarm().adversaries() + ", faults "
                + failure.swarm().rates().keySet());
        out.println("  " + failure.plan().command() + " --trace story.txt");
    }

    private static ObjectNode json(Plan plan, Campaign campaign, long nanos, List<Outcome> shrunk) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("engine", plan.engine())
                .put("firstSeed", plan.seed())
                .put("seeds", campaign.seeds())
                .put("events", campaign.events())
                .put("seconds", nanos / NANOS_PER_SECOND)
                .put("virtualMillis", campaign.virtualMillis());
        ObjectNode marks = object.putObject("marks");
        campaign.marks().counts().forEach(marks::put);
        ArrayNode failures = object.putArray("failures");
        campaign.failures().forEach(failure -> add(failures, failure));
        ArrayNode smaller = object.putArray("smaller");
        shrunk.forEach(failure -> add(smaller, failure));
        return object;
    }

    private static void add(ArrayNode failures, Outcome failure) {
        Violation violation = failure.violation().orElseThrow();
        failures.addObject()
                .put("seed", failure.plan().seed())
                .put("checker", violation.checker())
                .put("detail", violation.getMessage())
                .put("command", failure.plan().command());
    }
}
