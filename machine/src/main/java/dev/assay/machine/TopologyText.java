package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** The topology as an indented tree, one line per branch, equal neighbours counted instead of repeated. */
final class TopologyText {
    private final StringBuilder text = new StringBuilder();

    private TopologyText() {}

    static String draw(Machine machine) {
        TopologyText drawing = new TopologyText();
        drawing.line("", "", TopologyTree.of(machine), 1, new BitSet());
        return drawing.text.toString();
    }

    private void line(String before, String below, TopologyTree box, int count, BitSet all) {
        StringBuilder line = new StringBuilder(before).append(count > 1 ? count + " × " : "");
        TopologyTree at = box;
        line.append(title(at, count));
        // A chain of boxes around the same processors is one line, as lstopo writes it.
        while (at.children().size() == 1 || leaves(at)) {
            if (leaves(at)) {
                String processors = at.children().stream().map(TopologyTree::title).collect(Collectors.joining(" "));
                boolean blocked = at.children().stream().noneMatch(TopologyTree::usable);
                line.append(" · ").append(count > 1
                        ? Text.count(at.children().size(), "thread") + "  P" + Parse.list(all)
                        : processors).append(blocked ? "  (not for this process)" : "");
                text.append(line).append('\n');
                return;
            }
            at = at.children().getFirst();
            line.append(" · ").append(title(at, count));
        }
        text.append(line).append('\n');
        List<List<TopologyTree>> groups = groups(at.children());
        for (int i = 0; i < groups.size(); i++) {
            List<TopologyTree> group = groups.get(i);
            BitSet members = new BitSet();
            group.forEach(member -> members.or(member.processors()));
            boolean last = i == groups.size() - 1;
            // Of several equal branches with branches in them the first stands for all.
            line(below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "), group.getFirst(), group.size(),
                    members);
        }
    }

    private static boolean leaves(TopologyTree box) {
        return !box.children().isEmpty() && box.children().stream().allMatch(
                child -> child.kind() == TopologyTree.Kind.PROCESSOR);
    }

    private static String title(TopologyTree box, int count) {
        String title = box.title().replace("  ", " ");
        return count == 1 || box.kind() == TopologyTree.Kind.CACHE
                ? title
                : title.replaceFirst(" [0-9]+", "");
    }

    private static List<List<TopologyTree>> groups(List<TopologyTree> boxes) {
        List<List<TopologyTree>> groups = new ArrayList<>();
        String shape = "";
        for (TopologyTree box : boxes) {
            String own = box.shape();
            if (groups.isEmpty() || !own.equals(shape)) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(box);
            shape = own;
        }
        return groups;
    }
}
