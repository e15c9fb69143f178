package dev.assay.machine;

import java.util.BitSet;

/** Where new pages come from (set_mempolicy(2)). */
public sealed interface NumaPolicy {
    /** The node of the processor that touches a page first. */
    record FirstTouch() implements NumaPolicy {}

    /** These nodes only. */
    record Bind(BitSet nodes) implements NumaPolicy {
        public Bind {
            nodes = checked(nodes);
        }
    }

    /** This node while it has room. */
    record Preferred(int node) implements NumaPolicy {
        public Preferred {
            if (node < 0 || node >= 1024) {
                throw new IllegalArgumentException("a node is from 0 to 1023, not " + node);
            }
        }
    }

    /** Page by page over these nodes. */
    record Interleave(BitSet nodes) implements NumaPolicy {
        public Interleave {
            nodes = checked(nodes);
        }
    }

    private static BitSet checked(BitSet nodes) {
        if (nodes.isEmpty() || nodes.length() > 1024) {
            throw new IllegalArgumentException("a policy names 1 to 1024 nodes, not " + nodes);
        }
        return (BitSet) nodes.clone();
    }

    /** {@code first-touch}, {@code bind:0-1}, {@code preferred:0} or {@code interleave:0-1}. */
    default String text() {
        return switch (this) {
            case FirstTouch() -> "first-touch";
            case Bind(BitSet nodes) -> "bind:" + Parse.list(nodes);
            case Preferred(int node) -> "preferred:" + node;
            case Interleave(BitSet nodes) -> "interleave:" + Parse.list(nodes);
        };
    }

    /** What {@link #text} wrote; anything else is an IllegalArgumentException. */
    static NumaPolicy of(String text) {
        int colon = text.indexOf(':');
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        return switch (colon < 0 ? text : text.substring(0, colon)) {
            case "first-touch" -> new FirstTouch();
            case "bind" -> new Bind(Parse.set(rest));
            case "preferred" -> new Preferred(Math.clamp(Parse.number(rest), -1, 1024));
            case "interleave" -> new Interleave(Parse.set(rest));
            default -> throw new IllegalArgumentException(
                    "a memory policy is first-touch, bind:NODES, preferred:NODE or interleave:NODES, not '"
                            + Parse.shown(text) + "'");
        };
    }
}
