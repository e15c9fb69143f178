package dev.assay.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * Energy, heat and what is done about them.
 *
 * @param zones counters of energy used (Documentation/power/powercap/powercap.rst)
 * @param sensors temperatures
 * @param coreThrottles how often cores were slowed for heat since the start, summed; {@code packageThrottles} packages
 * @param supply what feeds the machine: {@code mains}, {@code battery 80 %}
 * @param microwatts what the battery gives now
 */
public record Energy(List<Zone> zones, List<Sensor> sensors, Reading<Long> coreThrottles,
        Reading<Long> packageThrottles, Reading<Long> throttledMillis, Reading<String> supply,
        Reading<Long> microwatts) {
    public Energy {
        zones = List.copyOf(zones);
        sensors = List.copyOf(sensors);
    }

    /**
     * One counter of energy.
     *
     * @param name {@code package-0}, {@code core}, {@code dram}
     * @param microjoules counts up and starts again at {@code rangeMicrojoules}
     * @param limitMicrowatts the long-term power limit
     */
    public record Zone(String id, String name, Reading<Long> microjoules, Reading<Long> rangeMicrojoules,
            Reading<Long> limitMicrowatts) {
        /** Energy between two readings of this counter, over at most one overflow. */
        public static long between(long earlier, long later, long range) {
            return later >= earlier ? later - earlier : later + range - earlier;
        }
    }

    /** One temperature in degrees Celsius; {@code critical} is where the machine protects itself. */
    public record Sensor(String chip, String label, Reading<Double> celsius, Reading<Double> critical) {}

    static Energy read(Root root) {
        return new Energy(zones(root), sensors(root), throttles(root, "core_throttle_count"),
                throttles(root, "package_throttle_count"), throttles(root, "core_throttle_total_time_ms"),
                supply(root), battery(root, "power_now"));
    }

    /** The energy counters alone, for the difference over a trial; a few microseconds per counter. */
    public static List<Zone> zones(Root root) {
        String directory = "/sys/class/powercap";
        return root.names(directory).stream().filter(name -> name.contains(":")).map(name -> {
            String path = directory + "/" + name + "/";
            return new Zone(name, root.word(path + "name").orElse(name), root.number(path + "energy_uj"),
                    root.number(path + "max_energy_range_uj"), root.number(path + "constraint_0_power_limit_uw"));
        }).toList();
    }

    private static List<Sensor> sensors(Root root) {
        List<Sensor> sensors = new ArrayList<>();
        for (String chip : root.names("/sys/class/hwmon")) {
            String path = "/sys/class/hwmon/" + chip + "/";
            String name = root.word(path + "name").orElse(chip);
            for (String file : root.names(path.substring(0, path.length() - 1))) {
                if (file.matches("temp[0-9]{1,3}_input")) {
                    String stem = path + file.substring(0, file.length() - "input".length());
                    sensors.add(new Sensor(name, root.word(stem + "label").orElse(file.replace("_input", "")),
                            celsius(root, path + file), celsius(root, stem + "crit")));
                }
            }
        }
        for (String zone : root.names("/sys/class/thermal")) {
            if (zone.startsWith("thermal_zone")) {
                String path = "/sys/class/thermal/" + zone + "/";
                sensors.add(new Sensor("thermal", root.word(path + "type").orElse(zone), celsius(root, path + "temp"),
                        critical(root, path)));
            }
        }
        return sensors;
    }

    private static Reading<Double> critical(Root root, String path) {
        for (String file : root.names(path.substring(0, path.length() - 1))) {
            if (file.matches("trip_point_[0-9]{1,3}_type") && root.word(path + file).orElse("").equals("critical")) {
                return celsius(root, path + file.replace("_type", "_temp"));
            }
        }
        return Reading.unsupported("no critical trip point in " + path);
    }

    /** The kernel writes thousandths of a degree. */
    private static Reading<Double> celsius(Root root, String path) {
        return root.number(path).map(milli -> milli / 1000.0);
    }

    private static Reading<Long> throttles(Root root, String file) {
        long sum = 0;
        boolean any = false;
        for (String name : root.names("/sys/devices/system/cpu")) {
            Reading<Long> one = name.matches("cpu[0-9]{1,5}")
                    ? root.number("/sys/devices/system/cpu/" + name + "/thermal_throttle/" + file)
                    : Reading.unsupported(name);
            any |= one.isKnown();
            sum += one.orElse(0L);
        }
        return any
                ? Reading.known(sum, "/sys/devices/system/cpu/cpu*/thermal_throttle/" + file)
                : Reading.unsupported("no processor counts it (thermal_throttle/" + file + "): x86 on bare metal does");
    }

    private static Reading<String> supply(Root root) {
        boolean mains = false;
        String battery = "";
        for (String name : root.names("/sys/class/power_supply")) {
            String path = "/sys/class/power_supply/" + name + "/";
            String type = root.word(path + "type").orElse("");
            mains |= (type.equals("Mains") || type.startsWith("USB")) && root.number(path + "online").orElse(0L) == 1;
            if (type.equals("Battery") && !root.word(path + "scope").orElse("").equals("Device")) {
                battery = "battery" + root.number(path + "capacity").map(percent -> " " + percent + " %").orElse("");
                mains |= !root.word(path + "status").orElse("").equals("Discharging");
            }
        }
        if (mains) {
            return Reading.known("mains", "/sys/class/power_supply");
        }
        return battery.isEmpty()
                ? Reading.unsupported("no power supply is described; a server or a virtual machine")
                : Reading.known(battery, "/sys/class/power_supply");
    }

    private static Reading<Long> battery(Root root, String file) {
        for (String name : root.names("/sys/class/power_supply")) {
            Reading<Long> value = root.number("/sys/class/power_supply/" + name + "/" + file);
            if (value.isKnown()) {
                return value;
            }
        }
        return Reading.unsupported("no power supply tells its power");
    }
}
