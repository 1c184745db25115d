package org.apache.tomcat.jdbc.pool;

/** As much of the class of Tomcat's pool as a store asks for: what a handle of that pool unwraps to. */
public class PooledConnection {
    private boolean discarded;

    /** Has the pool close the connection when it comes back. */
    public void setDiscarded(boolean discarded) {
        this.discarded = discarded;
    }

    /** Whether the pool is to close it. */
    public boolean isDiscarded() {
        return discarded;
    }
}
