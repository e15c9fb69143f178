package dev.assay.machine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Records as trees for JSON, so that field names are those of the records and no list of fields is kept twice. Sets of
 * processors are written as the kernel writes them, {@code 0-3,8}.
 */
final class Sheet {
    private Sheet() {}

    static Map<String, Object> of(Machine machine) {
        Map<String, Object> sheet = new LinkedHashMap<>();
        sheet.put("schema", "assay.machine/1");
        sheet.put("system", machine.system());
        sheet.putAll(record(machine));
        sheet.put("advice", value(machine.advice()));
        return sheet;
    }

    /** A value as JSON has it. */
    static Object value(Object value) {
        return switch (value) {
            case Reading.Known<?>(Object known, String _) -> value(known);
            case Reading.Unsupported<?>(String reason) -> Map.of("unsupported", reason);
            case Reading.Unreadable<?>(String reason) -> Map.of("unreadable", reason);
            case String text -> text;
            case Double number when number.isNaN() || number.isInfinite() -> number.toString();
            case Number number -> number;
            case Boolean bool -> bool;
            case BitSet set -> Parse.list(set);
            case Enum<?> constant -> constant instanceof InstructionSet set
                    ? set.title()
                    : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Optional<?> optional -> optional.map(Sheet::value).orElse("none");
            case List<?> list -> {
                List<Object> values = new ArrayList<>();
                list.forEach(member -> values.add(value(member)));
                yield values;
            }
            case Map<?, ?> map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((key, member) -> values.put(String.valueOf(key), value(member)));
                yield values;
            }
            case Record record -> record(record);
            default -> throw new IllegalArgumentException("no form in JSON for " + value.getClass());
        };
    }

    private static Map<String, Object> record(Record record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object value = value(component.getAccessor().invoke(record));
                boolean limit = record instanceof Limits || record instanceof Cgroup;
                values.put(component.getName(), limit && value.equals(Limits.UNLIMITED) ? "unlimited" : value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("the accessor of a record answers; " + component + " did not", e);
            }
        }
        return values;
    }
}
