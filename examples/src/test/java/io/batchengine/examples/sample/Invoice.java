package io.batchengine.examples.sample;

import io.batchengine.model.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** An invoice: the one source of its document in any format and of what is to be extracted from it. */
record Invoice(
        InvoiceStyle style,
        String number,
        LocalDate issued,
        LocalDate due,
        String supplier,
        String address,
        String customer,
        boolean currencyShown,
        List<Line> lines) {
    /** A thing sold; the price of a discount is negative. */
    record Line(String description, BigDecimal quantity, BigDecimal unitPrice) {
        static Line of(String description, String quantity, String unitPrice) {
            return new Line(description, new BigDecimal(quantity), new BigDecimal(unitPrice));
        }
    }

    BigDecimal amount(Line line) {
        return round(line.quantity().multiply(line.unitPrice()));
    }

    BigDecimal net() {
        return lines.stream().map(this::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal tax() {
        return round(net().multiply(style.taxPercent()).movePointLeft(2));
    }

    BigDecimal total() {
        return net().add(tax());
    }

    private BigDecimal round(BigDecimal amount) {
        return amount.setScale(style.decimals(), RoundingMode.HALF_UP);
    }

    /** The invoice as its supplier would set it. */
    Doc document() {
        InvoiceLabels labels = style.labels();
        List<Block.Field> head = new ArrayList<>(List.of(
                new Block.Field(labels.number(), SampleCell.of(number)),
                new Block.Field(labels.issued(), style.day(issued)),
                new Block.Field(labels.due(), style.day(due)),
                new Block.Field(labels.supplier(), SampleCell.of(supplier)),
                new Block.Field(labels.customer(), SampleCell.of(customer))));
        if (currencyShown) {
            head.add(new Block.Field(labels.currency(), SampleCell.of(style.currency())));
        }
        List<Block.Field> totals = List.of(
                new Block.Field(labels.net(), style.money(net())),
                new Block.Field(labels.tax(), style.money(tax())),
                new Block.Field(labels.total(), style.money(total())));
        return Doc.titled(style.language(), labels.title())
                .text(supplier + ", " + address)
                .add(new Block.Fields(false, head))
                .add(new Block.Table(
                        labels.columns(), lines.stream().map(this::row).toList()))
                .add(new Block.Fields(true, totals))
                .text(Text.format(labels.closing(), number))
                .build();
    }

    private List<SampleCell> row(Line line) {
        return List.of(
                SampleCell.of(line.description()),
                style.quantity(line.quantity()),
                style.number(round(line.unitPrice())),
                style.number(amount(line)));
    }
}
