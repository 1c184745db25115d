package io.batchengine.testkit.example;

/** Where reports are sent to. Each call takes a while, in which the caller waits. */
interface ReportService {
    /** Keeps a report, in place of the one that has the id already. */
    void put(String id, String report) throws InterruptedException;

    /** Keeps a report beside all others. */
    void append(String id, String report) throws InterruptedException;
}
