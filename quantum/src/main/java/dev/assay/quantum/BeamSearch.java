package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** prototype */
final class BeamSearch {
    record Tuning(int[] weights, int progress) {
        static Tuning of(int lookahead, double gamma, double progress) {
            int[] w = new int[lookahead];
            double x = 1;
            for (int k = 0; k < lookahead; k++) {
                w[k] = (int) Math.round(1024 * x);
                x *= gamma;
            }
            return new Tuning(w, (int) (1024 * progress));
        }
    }

    record Route(int[] start, int[] end, int[] swaps, int[][] layouts) {
        int count() {
            return swaps.length / 2;
        }
    }

    private final Interactions dag;
    private final Topology device;
    private final int[] weights;
    private final int perNode;
    private final int lookahead;
    private final int nq, nw, np;

    // beam
    private int width;
    private short[] place, nextPlace; // logical -> physical
    private int[] pos, nextPos;
    private int[] left, nextLeft, cost, nextCost, trace, nextTrace;
    private long[] hash, nextHash;
    // children
    private int kids;
    private long[] kidKey = new long[1 << 12];
    private int[] kidParent = new int[1 << 12], kidSwap = new int[1 << 12], kidCost = new int[1 << 12];
    private long[] kidHash = new long[1 << 12];
    // trace
    private int[] traceParent = new int[1 << 16], traceSwap = new int[1 << 16];
    private int traces;
    // scratch
    private final int[] occupant;
    private final int[] winOther, winWeight, winHead, winNext;
    private int[] touchedStack;
    private final short[] sPlace;
    private final int[] sPos;
    private final long[] zobrist;
    private long[] table;
    long work;

    BeamSearch(Interactions dag, Topology device, Tuning tuning, long seed) {
        this.dag = dag;
        this.device = device;
        this.weights = tuning.weights;
        this.perNode = tuning.progress;
        this.lookahead = weights.length;
        nq = dag.qubits;
        nw = dag.wires;
        np = device.size;
        occupant = new int[np];
        Arrays.fill(occupant, -1);
        winOther = new int[2 * lookahead];
        winWeight = new int[2 * lookahead];
        winNext = new int[2 * lookahead];
        winHead = new int[nq];
        sPlace = new short[nq];
        sPos = new int[nw];
        zobrist = new long[nq * np];
        java.util.SplittableRandom r = new java.util.SplittableRandom(seed);
        for (int i = 0; i < zobrist.length; i++)
            zobrist[i] = r.nextLong();
        touchedStack = new int[4 * nw + 16];
    }

    Route run(List<int[]> starts, int width) {
        return run(starts, width, Integer.MAX_VALUE);
    }

    Route run(List<int[]> starts, int width, int limit) {
        this.width = width;
        int cap = Math.max(width, starts.size());
        place = new short[cap * nq];
        nextPlace = new short[cap * nq];
        pos = new int[cap * nw];
        nextPos = new int[cap * nw];
        left = new int[cap];
        nextLeft = new int[cap];
        cost = new int[cap];
        nextCost = new int[cap];
        trace = new int[cap];
        nextTrace = new int[cap];
        hash = new long[cap];
        nextHash = new long[cap];
        int ts = Integer.highestOneBit(Math.max(16, width * 4)) * 2;
        table = new long[ts];
        traces = 0;
        int n = 0;
        for (int[] s : starts) {
            for (int i = 0; i < nq; i++)
                sPlace[i] = (short) s[i];
            System.arraycopy(dag.head, 0, sPos, 0, nw);
            int rem = dag.size - advanceAll();
            for (int i = 0; i < nq; i++)
                place[n * nq + i] = sPlace[i];
            System.arraycopy(sPos, 0, pos, n * nw, nw);
            left[n] = rem;
            cost[n] = window(false);
            trace[n] = newTrace(-1, n);
            long h = 0;
            for (int i = 0; i < nq; i++)
                h ^= zobrist[i * np + sPlace[i]];
            hash[n] = h;
            n++;
        }
        int level = 0;
        int bestLeft = Integer.MAX_VALUE;
        int stale = 0;
        while (true) {
            int min = Integer.MAX_VALUE, arg = -1;
            for (int i = 0; i < n; i++)
                if (left[i] < min) {
                    min = left[i];
                    arg = i;
                }
            if (min == 0)
                return finish(arg, level, n, starts);
            if (level >= limit)
                return null;
            if (min < bestLeft) {
                bestLeft = min;
                stale = 0;
            } else
                stale++;
            boolean release = stale > 2 * device.diameter + 8;
            kids = 0;
            for (int i = 0; i < n; i++)
                expand(i, min, release);
            n = select();
            swapBuffers();
            level++;
            if (traces > (1 << 22) - 2 * width)
                compact(n);
        }
    }

    private Route finish(int arg, int level, int n, List<int[]> starts) {
        int[] swaps = new int[level * 2];
        int t = trace[arg];
        for (int i = level - 1; i >= 0; i--) {
            swaps[2 * i] = traceSwap[t] / np;
            swaps[2 * i + 1] = traceSwap[t] % np;
            t = traceParent[t];
        }
        int[][] layouts = new int[n][];
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++)
            order[i] = i;
        Arrays.sort(order, (x, y) -> Integer.compare(left[x], left[y]));
        for (int i = 0; i < n; i++) {
            layouts[i] = new int[nq];
            for (int q = 0; q < nq; q++)
                layouts[i][q] = place[order[i] * nq + q];
        }
        int[] end = new int[nq];
        for (int q = 0; q < nq; q++)
            end[q] = place[arg * nq + q];
        return new Route(starts.get(traceSwap[t]).clone(), end, swaps, layouts);
    }

    private int newTrace(int parent, int swap) {
        if (traces == traceParent.length) {
            traceParent = Arrays.copyOf(traceParent, traces * 2);
            traceSwap = Arrays.copyOf(traceSwap, traces * 2);
        }
        traceParent[traces] = parent;
        traceSwap[traces] = swap;
        return traces++;
    }

    private void compact(int n) {
        // mark
        int[] map = new int[traces];
        for (int i = 0; i < n; i++) {
            int t = trace[i];
            while (t >= 0 && map[t] == 0) {
                map[t] = 1;
                t = traceParent[t];
            }
        }
        int k = 0;
        for (int i = 0; i < traces; i++) {
            if (map[i] == 1) {
                map[i] = k;
                int p = traceParent[i];
                traceParent[k] = p < 0 ? -1 : map[p];
                traceSwap[k] = traceSwap[i];
                k++;
            }
        }
        for (int i = 0; i < n; i++)
            trace[i] = map[trace[i]];
        traces = k;
    }

    private void swapBuffers() {
        var a = place;
        place = nextPlace;
        nextPlace = a;
        var b = pos;
        pos = nextPos;
        nextPos = b;
        var c = left;
        left = nextLeft;
        nextLeft = c;
        var d = cost;
        cost = nextCost;
        nextCost = d;
        var e = trace;
        trace = nextTrace;
        nextTrace = e;
        var f = hash;
        hash = nextHash;
        nextHash = f;
    }

    private int advanceAll() {
        int done = 0;
        int top = 0;
        int[] st = touchedStack;
        for (int w = 0; w < nw; w++)
            st[top++] = w;
        return advance(top);
    }

    /** executes all that can be, starting from the wires on the stack */
    private int advance(int top) {
        int done = 0;
        int[] st = touchedStack;
        int size = dag.size;
        while (top > 0) {
            int w = st[--top];
            int g = sPos[w];
            if (g == size)
                continue;
            int from = dag.wireStart[g], to = dag.wireStart[g + 1];
            boolean ready = true;
            for (int s = from; s < to; s++)
                if (sPos[dag.wire[s]] != g) {
                    ready = false;
                    break;
                }
            if (!ready)
                continue;
            int a = dag.first[g];
            if (a >= 0 && device.distance[sPlace[a] * np + sPlace[dag.second[g]]] != 1)
                continue;
            done++;
            if (top + to - from > st.length) {
                touchedStack = st = Arrays.copyOf(st, st.length * 2 + to - from);
            }
            for (int s = from; s < to; s++) {
                sPos[dag.wire[s]] = dag.next[s];
                st[top++] = dag.wire[s];
            }
        }
        return done;
    }

    private int winCount;

    /** the lookahead's cost for scratch state; with lists when asked */
    private int window(boolean lists) {
        int lo = Integer.MAX_VALUE;
        for (int w = 0; w < nq; w++)
            lo = Math.min(lo, sPos[w]);
        if (lists)
            Arrays.fill(winHead, -1);
        int k = 0, total = 0;
        short[] dist = device.distance;
        int size = dag.size;
        int entry = 0;
        for (int g = lo; g < size && k < lookahead; g++) {
            int a = dag.first[g];
            if (a < 0)
                continue;
            if (sPos[a] > g)
                continue;
            int b = dag.second[g];
            int w = weights[k++];
            total += w * (dist[sPlace[a] * np + sPlace[b]] - 1);
            if (lists) {
                winOther[entry] = b;
                winWeight[entry] = w;
                winNext[entry] = winHead[a];
                winHead[a] = entry++;
                winOther[entry] = a;
                winWeight[entry] = w;
                winNext[entry] = winHead[b];
                winHead[b] = entry++;
            }
        }
        work += k;
        return total;
    }

    private void expand(int i, int minLeft, boolean release) {
        short[] P = place;
        int base = i * nq;
        System.arraycopy(P, base, sPlace, 0, nq);
        System.arraycopy(pos, i * nw, sPos, 0, nw);
        for (int q = 0; q < nq; q++)
            occupant[sPlace[q]] = q;
        int parentCost = window(true);
        int size = dag.size;
        short[] dist = device.distance;
        for (int q = 0; q < nq; q++) {
            int g = sPos[q];
            if (g == size || dag.first[g] < 0)
                continue;
            int o = dag.first[g] == q ? dag.second[g] : dag.first[g];
            if (sPos[o] != g)
                continue;
            int p = sPlace[q];
            for (int e = device.start[p]; e < device.start[p + 1]; e++) {
                int r = device.neighbour[e];
                int v = occupant[r];
                // both ends on front gates: generate once
                if (v >= 0 && v < q) {
                    int gv = sPos[v];
                    if (gv != size && dag.first[gv] >= 0) {
                        int ov = dag.first[gv] == v ? dag.second[gv] : dag.first[gv];
                        if (sPos[ov] == gv)
                            continue;
                    }
                }
                int c = parentCost;
                int rp = p * np, rr = r * np;
                for (int x = winHead[q]; x >= 0; x = winNext[x]) {
                    int y = winOther[x];
                    if (y != v) {
                        int l = sPlace[y];
                        c += winWeight[x] * (dist[rr + l] - dist[rp + l]);
                    }
                }
                if (v >= 0)
                    for (int x = winHead[v]; x >= 0; x = winNext[x]) {
                        int y = winOther[x];
                        if (y != q) {
                            int l = sPlace[y];
                            c += winWeight[x] * (dist[rp + l] - dist[rr + l]);
                        }
                    }
                int rem = left[i];
                long h = hash[i] ^ zobrist[q * np + p] ^ zobrist[q * np + r];
                if (v >= 0)
                    h ^= zobrist[v * np + p] ^ zobrist[v * np + r];
                // does it make something executable?
                boolean exec = dist[rr + sPlace[o]] == 1 && o != v;
                if (!exec && v >= 0) {
                    int gv = sPos[v];
                    if (gv != size && dag.first[gv] >= 0) {
                        int ov = dag.first[gv] == v ? dag.second[gv] : dag.first[gv];
                        exec = sPos[ov] == gv && ov != q && dist[rp + sPlace[ov]] == 1;
                    }
                }
                if (exec) {
                    sPlace[q] = (short) r;
                    if (v >= 0)
                        sPlace[v] = (short) p;
                    int top = 0;
                    touchedStack[top++] = q;
                    if (v >= 0)
                        touchedStack[top++] = v;
                    rem -= advance(top);
                    c = window(false);
                    System.arraycopy(P, base, sPlace, 0, nq);
                    System.arraycopy(pos, i * nw, sPos, 0, nw);
                }
                int f = c + perNode * (rem - minLeft);
                if (release) {
                    int near = Integer.MAX_VALUE;
                    for (int u = 0; u < nq; u++) {
                        int gu = sPos[u];
                        if (gu == size || dag.first[gu] != u || sPos[dag.second[gu]] != gu)
                            continue;
                        int s2 = dag.second[gu];
                        int pu = u == q ? r : u == v ? p : sPlace[u];
                        int p2 = s2 == q ? r : s2 == v ? p : sPlace[s2];
                        near = Math.min(near, dist[pu * np + p2]);
                    }
                    f = exec ? 0 : near * 1000;
                }
                addKid(i, p * np + r, f, h, rem);
            }
        }
        for (int q = 0; q < nq; q++)
            occupant[sPlace[q]] = -1;
    }

    private void addKid(int parent, int swap, int f, long h, int rem) {
        if (kids == kidKey.length) {
            int m = kids * 2;
            kidKey = Arrays.copyOf(kidKey, m);
            kidParent = Arrays.copyOf(kidParent, m);
            kidSwap = Arrays.copyOf(kidSwap, m);
            kidCost = Arrays.copyOf(kidCost, m);
            kidHash = Arrays.copyOf(kidHash, m);
        }
        // layouts equal but different progress are different; progress follows mostly from the layout path
        long hh = h + rem * 0x9E3779B97F4A7C15L;
        kidParent[kids] = parent;
        kidSwap[kids] = swap;
        kidHash[kids] = hh;
        kidCost[kids] = f;
        kidKey[kids] = ((long) f << 32) | ((hh >>> 52) << 20 & 0xFFF00000L) | 0;
        kids++;
    }

    private int select() {
        // order indices by key with quickselect over a packed key: cost, noise, index
        long[] key = kidKey;
        int n = kids;
        for (int k = 0; k < n; k++) {
            long noise = (kidHash[k] >>> 56) & 0xFF;
            key[k] = ((long) kidCost[k] << 32) | (noise << 24);
            key[k] |= k; // k < 2^24
        }
        // dedupe first
        Arrays.fill(table, 0);
        if (table.length < 2 * n)
            table = new long[Integer.highestOneBit(n) * 4];
        int mask = table.length - 1;
        int m = 0;
        for (int k = 0; k < n; k++) {
            long h = kidHash[k] | 1;
            int s = (int) (h >>> 20) & mask;
            boolean dup = false;
            while (table[s] != 0) {
                if (table[s] == h) {
                    dup = true;
                    break;
                }
                s = (s + 1) & mask;
            }
            if (dup)
                continue;
            table[s] = h;
            key[m++] = key[k];
        }
        int take = Math.min(width, m);
        if (take < m)
            quickselect(key, m, take);
        for (int j = 0; j < take; j++)
            materialise(j, (int) (key[j] & 0xFFFFFF));
        return take;
    }

    private static void quickselect(long[] a, int n, int k) {
        int lo = 0, hi = n - 1;
        while (lo < hi) {
            long pivot = a[(lo + hi) >>> 1];
            int i = lo, j = hi;
            while (i <= j) {
                while (a[i] < pivot)
                    i++;
                while (a[j] > pivot)
                    j--;
                if (i <= j) {
                    long t = a[i];
                    a[i] = a[j];
                    a[j] = t;
                    i++;
                    j--;
                }
            }
            if (k - 1 <= j)
                hi = j;
            else if (k - 1 >= i)
                lo = i;
            else
                return;
        }
    }

    private void materialise(int j, int k) {
        int i = kidParent[k];
        int p = kidSwap[k] / np, r = kidSwap[k] % np;
        System.arraycopy(place, i * nq, sPlace, 0, nq);
        System.arraycopy(pos, i * nw, sPos, 0, nw);
        int top = 0;
        long h = hash[i];
        for (int q = 0; q < nq; q++) {
            if (sPlace[q] == p) {
                sPlace[q] = (short) r;
                touchedStack[top++] = q;
                h ^= zobrist[q * np + p] ^ zobrist[q * np + r];
            } else if (sPlace[q] == r) {
                sPlace[q] = (short) p;
                touchedStack[top++] = q;
                h ^= zobrist[q * np + p] ^ zobrist[q * np + r];
            }
        }
        int done = advance(top);
        System.arraycopy(sPlace, 0, nextPlace, j * nq, nq);
        System.arraycopy(sPos, 0, nextPos, j * nw, nw);
        nextLeft[j] = left[i] - done;
        nextHash[j] = h;
        nextTrace[j] = newTrace(trace[i], kidSwap[k]);
    }
}
