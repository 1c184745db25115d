package io.batchengine.internal.engine.dispatch;

/** The files of one batch that are to run in isolation, one after the other. In the serial executor. */
public interface IsolatedFiles {
    DispatchHost host();

    /** Nothing else is in flight, or did not end for too long: the next file may start. */
    void granted(boolean alone);

    /** The file runs for so long that others are to start beside it. */
    void noLongerAlone();
}
