package io.batchengine.flow;

/**
 * What a project, or a batch of a project, has had of the slots, in nanoseconds for which it held one; what it holds now is counted with what
 * it usually takes. Who has had least for its weight is next. Confined to decisions.
 */
final class Share {
    /** What a start costs at the least, so that jobs which take no time are shared by their number. */
    private static final double LEAST_NANOS = 1_000;

    private double weight;
    private double charged;
    private double average;
    private double key;

    Share(double weight) {
        this.weight = weight;
    }

    /** By which it stands in line: the least is next. */
    double key() {
        return key;
    }

    /** A slot was given back. */
    void charge(long heldNanos, int starts) {
        double cost = Math.max((double) heldNanos, LEAST_NANOS * Math.max(1, starts));
        charged += cost;
        average += average == 0 ? cost : (cost - average) / 8;
    }

    /** Makes the key anew; never to be called while something is ordered by it. */
    void refresh(int slots) {
        key = (charged + slots * Math.max(average, LEAST_NANOS)) / weight;
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
