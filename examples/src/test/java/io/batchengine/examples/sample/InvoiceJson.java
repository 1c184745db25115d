package io.batchengine.examples.sample;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is to be extracted from an invoice, as JSON. It knows nothing of the extractor. */
final class InvoiceJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private InvoiceJson() {}

    static byte[] write(Invoice invoice) {
        ObjectNode json = JSON.createObjectNode();
        json.put("invoice_number", invoice.number());
        json.put("issue_date", invoice.issued().toString());
        json.put("due_date", invoice.due().toString());
        json.put("supplier", invoice.supplier());
        json.put("customer", invoice.customer());
        json.put("currency", invoice.style().currency());
        json.put("net_total", invoice.net());
        json.put("tax_total", invoice.tax());
        json.put("total", invoice.total());
        ArrayNode items = json.putArray("line_items");
        for (Invoice.Line line : invoice.lines()) {
            items.addObject()
                    .put("description", line.description())
                    .put("quantity", line.quantity())
                    .put("unit_price", line.unitPrice())
                    .put("amount", invoice.amount(line));
        }
        // Jackson ends lines as the platform does.
        String text = JSON.writeValueAsString(json).replace("\r\n", "\n") + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
