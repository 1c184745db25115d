package io.batchengine.internal.flow;

/**
 * What a project, or a batch of a project, has had of the slots, in nanoseconds for which it held one; what it holds now is counted with what
 * it usually takes. Who has had least for its weight is next. Confined to the serial executor.
 */
final class Share {
    /** What a start costs at the least, so that jobs which take no time are shared by their number. */
    private static final double LEAST_NANOS = 1_000;
    /** How many jobs it may be behind, beside the guesses for those that it holds: what a guess too high kept from it is not gone. */
    private static final int JOBS_BEHIND = 8;

    private double weight;
    private double charged;
    private double average;
    private double key;

    Share(double weight) {
        this.weight = weight;
    }

    /** By which it stands in a queue: the least is next. */
    double key() {
        return key;
    }

    /** How far it has come, by which clocks are set. What it holds is left out: a guess that proves wrong must not drive others ahead. */
    double reached() {
        return charged / weight;
    }

    /** How much it has had beyond what the clock gave to others, in nanoseconds. */
    double ahead(double clock) {
        return charged - clock * weight;
    }

    /** A slot was given back. */
    void charge(long heldNanos, int starts) {
        double cost = Math.max((double) heldNanos, LEAST_NANOS * Math.max(1, starts));
        charged += cost;
        average += average == 0 ? cost : (cost - average) / 8;
    }

    /** Computes the key again; never to be called while something is ordered by it. */
    void refresh(int slots) {
        key = (charged + slots * usual()) / weight;
    }

    /** It has its turn: what it did not use while a limit held it is gone, lest it keeps all others waiting until it has caught up. */
    void catchUp(double clock, int slots) {
        charged = Math.max(charged, clock * weight - (2 * slots + JOBS_BEHIND) * usual());
    }

    private double usual() {
        return Math.max(average, LEAST_NANOS);
    }

    /** It comes back from where it wanted nothing: what it did not use is gone. */
    void rejoin(double clock) {
        charged = Math.max(charged, clock * weight);
        refresh(0);
    }

    /** Changes the weight from now on. */
    void weight(double value) {
        charged = charged / weight * value;
        weight = value;
    }
}
