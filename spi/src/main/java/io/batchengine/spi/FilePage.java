package io.batchengine.spi;

import java.util.List;

/**
 * One page of a listing.
 *
 * @param files the files, in strictly ascending order of id; may be empty
 * @param last whether the listing ends with this page
 */
public record FilePage(List<? extends SourceFile> files, boolean last) {}
