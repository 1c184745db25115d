package io.batchengine.testkit.fault;

/** A call that the contract of a plug-in interface does not allow its caller. */
public final class ContractViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    ContractViolation(String message) {
        super(message);
    }
}
