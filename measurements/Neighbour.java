import java.util.Arrays;

/** A neighbour that is told what to burn, and for how many seconds: core or bandwidth. */
final class Neighbour {
    static volatile double sink;

    public static void main(String[] arguments) {
        long end = System.nanoTime() + (long) (1e9 * Double.parseDouble(arguments[1]));
        if (arguments[0].equals("core")) {
            double x = 1;
            while (System.nanoTime() < end) {
                x = Math.sqrt(x + 1);
            }
            sink = x;
        } else {
            long[] from = new long[16 << 20];
            long[] to = new long[16 << 20];
            Arrays.fill(from, 1);
            while (System.nanoTime() < end) {
                System.arraycopy(from, 0, to, 0, from.length);
            }
            sink = to[1];
        }
    }
}
