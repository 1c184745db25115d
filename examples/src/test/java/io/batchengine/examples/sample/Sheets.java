package io.batchengine.examples.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Spreadsheets of several sheets, and plain data. */
final class Sheets {
    private Sheets() {}

    static Doc budget() {
        return Doc.untitled("en", "Budget 2026")
                .heading(1, "Plan")
                .add(new Block.Table(
                        List.of("Item", "Planned", "Approved on", "Owner"),
                        List.of(
                                List.of(
                                        SampleCell.of("Kitchen, Mossby"),
                                        number("48500"),
                                        day("2026-01-14"),
                                        SampleCell.of("Operations")),
                                List.of(
                                        SampleCell.of("Delivery vans"),
                                        number("61250.5"),
                                        day("2026-02-02"),
                                        SampleCell.of("Logistics")),
                                List.of(
                                        SampleCell.of("Training"),
                                        number("7200"),
                                        day("2026-02-02"),
                                        SampleCell.of("People")))))
                .heading(1, "Spent")
                .table(
                        "Item | Quarter | Note",
                        "Training | Q1 | Two courses, \"Jam & Safety\"",
                        "Delivery vans | Q2 | Deposit only")
                .build();
    }

    static Doc inventoryJapanese() {
        return Doc.untitled("ja", "在庫一覧")
                .heading(1, "在庫")
                .add(new Block.Table(
                        List.of("品名", "数量", "棚卸日"),
                        List.of(
                                List.of(SampleCell.of("万年筆(紺)"), whole("132"), day("2026-03-31")),
                                List.of(SampleCell.of("便箋セット"), whole("2410"), day("2026-03-31")))))
                .heading(1, "備考")
                .table("品名 | 備考", "便箋セット | 春の新柄を含む")
                .build();
    }

    static Doc branches() {
        return Doc.untitled("en", "Branches")
                .table(
                        "branch | town | opened | phone",
                        "Mossby Kitchen | Mossby-under-Fell | 2019-05-02 | 000 555 0101",
                        "Harbour Stall | Gull Quay | 2021-08-15 | 000 555 0144",
                        "Market Hall, row 7 | Nowhere Falls | 2024-03-01 | 000 555 0190")
                .build();
    }

    static Doc stockGerman() {
        return Doc.untitled("de", "Lagerbestand")
                .table(
                        "Artikel;Nr. | Bezeichnung | Bestand | Preis",
                        "1001 | Schäkel, verzinkt | 1.250 | 3,79",
                        "1002 | Kettenzug 500 kg | 7 | 649,00",
                        "1003 | Sägeblatt; 450 mm | 48 | 138,20")
                .build();
    }

    static Doc feedback() {
        return Doc.untitled("en", "Feedback")
                .table(
                        "date | shop | comment",
                        "2026-03-02 | Gull Quay | Lovely jam.\nThe lid was stuck, though.",
                        "2026-03-05 | Mossby | My daughter calls it \"purple sunshine\", and so do I.",
                        "2026-03-09 | Nowhere Falls | Opening hours?\n\n9 to 5 would be nice.")
                .build();
    }

    private static SampleCell number(String value) {
        BigDecimal number = new BigDecimal(value);
        return new SampleCell.Amount(number, value, "#,##0.00");
    }

    private static SampleCell whole(String value) {
        return new SampleCell.Amount(new BigDecimal(value), value, "#,##0");
    }

    private static SampleCell day(String value) {
        return new SampleCell.Day(LocalDate.parse(value), value, "yyyy-mm-dd");
    }
}
