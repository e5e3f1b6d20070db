package synod.wallet.terminal;

import java.util.List;
import java.util.Locale;

/** Figures of a search in units that people read: three or four digits, the decimal a point in every locale. */
public final class Quantity {
    private record Unit(String name, double size) {}

    private static final List<Unit> RATES =
            List.of(new Unit("GH/s", 1e9), new Unit("MH/s", 1e6), new Unit("kH/s", 1e3), new Unit("H/s", 0));

    private static final List<Unit> TIMES =
            List.of(new Unit("days", 86_400), new Unit("h", 3_600), new Unit("min", 60), new Unit("s", 0));

    private Quantity() {}

    /** Such as {@code 25.4 MH/s}. */
    public static String hashRate(double hashesPerSecond) {
        return scaled(hashesPerSecond, RATES);
    }

    /** Such as {@code 1.5 min}. */
    public static String duration(double seconds) {
        return scaled(seconds, TIMES);
    }

    private static String scaled(double value, List<Unit> units) {
        Unit unit = units.stream()
                .filter(candidate -> value >= candidate.size())
                .findFirst()
                .orElse(units.getLast());
        return String.format(Locale.ROOT, "%.1f %s", value / Math.max(1, unit.size()), unit.name());
    }
}
