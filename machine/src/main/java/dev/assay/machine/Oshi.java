package dev.assay.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.ComputerSystem;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.PowerSource;

/**
 * What OSHI says of a machine, as lines of {@code name: value}. The only class that knows OSHI, loaded on macOS and
 * Windows alone, since it brings JNA and takes a third of a second.
 */
final class Oshi {
    private Oshi() {}

    static String facts() {
        SystemInfo info = new SystemInfo();
        HardwareAbstractionLayer hardware = info.getHardware();
        CentralProcessor processor = hardware.getProcessor();
        GlobalMemory memory = hardware.getMemory();
        ComputerSystem computer = hardware.getComputerSystem();
        StringBuilder lines = new StringBuilder();
        line(lines, "processor-name", processor.getProcessorIdentifier().getName());
        line(lines, "processor-vendor", processor.getProcessorIdentifier().getVendor());
        line(lines, "processor-identifier", processor.getProcessorIdentifier().getIdentifier());
        line(lines, "memory-total", memory.getTotal());
        line(lines, "memory-available", memory.getAvailable());
        line(lines, "page-size", memory.getPageSize());
        line(lines, "swap-total", memory.getVirtualMemory().getSwapTotal());
        line(lines, "swap-used", memory.getVirtualMemory().getSwapUsed());
        line(lines, "manufacturer", computer.getManufacturer());
        line(lines, "model", computer.getModel());
        line(lines, "release", info.getOperatingSystem().getVersionInfo());
        double[] loads = processor.getSystemLoadAverage(3);
        if (loads[0] >= 0) { // negative where the system has no such thing
            line(lines, "load", Arrays.stream(loads).mapToObj(load -> String.format(Locale.ROOT, "%.2f", load))
                    .collect(Collectors.joining(" ")));
        }
        line(lines, "temperature", hardware.getSensors().getCpuTemperature());
        List<PowerSource> sources = hardware.getPowerSources();
        boolean battery = sources.stream().anyMatch(PowerSource::isDischarging);
        line(lines, "supply", battery
                ? String.format(Locale.ROOT, "battery %.0f %%", 100 * sources.getFirst().getRemainingCapacityPercent())
                : sources.isEmpty() ? "" : "mains");
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, Object value) {
        lines.append(name).append(": ").append(String.valueOf(value).replace('\n', ' ')).append('\n');
    }
}
