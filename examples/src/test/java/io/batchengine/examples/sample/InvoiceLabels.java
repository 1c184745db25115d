package io.batchengine.examples.sample;

import java.util.List;

/** The words on an invoice. The closing sentence has a place for the invoice's number. */
record InvoiceLabels(
        String title,
        String number,
        String issued,
        String due,
        String supplier,
        String customer,
        String currency,
        List<String> columns,
        String net,
        String tax,
        String total,
        String closing) {
    private static final int COLUMNS = 4;

    /** Reads the words in the order of the components, with bars between them. */
    static InvoiceLabels of(String words) {
        List<String> w = List.of(words.split(" \\| ", -1));
        int next = 7 + COLUMNS;
        return new InvoiceLabels(
                w.get(0),
                w.get(1),
                w.get(2),
                w.get(3),
                w.get(4),
                w.get(5),
                w.get(6),
                w.subList(7, next),
                w.get(next),
                w.get(next + 1),
                w.get(next + 2),
                w.get(next + 3));
    }
}
