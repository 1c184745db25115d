package io.batchengine.spi;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Makes a job factory that is found by name through {@link java.util.ServiceLoader}. Two providers of one name are refused; what is
 * given to the engine's builder directly wins over what could be found.
 *
 * <p>Evolution: new methods come with a default only.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface JobFactoryProvider {
    /**
     * The name by which users ask for it.
     *
     * @return lower-case letters, digits and dashes
     */
    String name();

    /**
     * Makes one. Called once, while an engine is built.
     *
     * @param properties its settings, as given to the engine's builder; refuse an unknown key
     * @return a new job factory
     * @throws Exception if the settings are wrong or it can't be opened; the engine is not built then
     */
    JobFactory create(Map<String, String> properties) throws Exception;
}
