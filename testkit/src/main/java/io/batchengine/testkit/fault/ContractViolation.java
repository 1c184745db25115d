package io.batchengine.testkit.fault;

import org.apiguardian.api.API;

/**
 * A call that the contract of a plug-in interface does not allow its caller.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ContractViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    ContractViolation(String message) {
        super(message);
    }
}
