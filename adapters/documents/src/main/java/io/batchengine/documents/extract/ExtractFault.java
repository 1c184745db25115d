package io.batchengine.documents.extract;

/**
 * What is wrong or doubtful about a property.
 *
 * @param property its path, such as {@code line_items[2].quantity}; printable
 * @param problem half a sentence that follows the path; printable
 */
record ExtractFault(String property, String problem) {
    @Override
    public String toString() {
        return property + ": " + problem;
    }
}
