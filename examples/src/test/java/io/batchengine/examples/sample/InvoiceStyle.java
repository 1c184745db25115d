package io.batchengine.examples.sample;

import io.batchengine.model.Text;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How invoices look in a country: words, dates, numbers, tax. Separators are spelled out since the JDK's own change with the
 * version of its locale data.
 */
record InvoiceStyle(Country country, Notation notation, InvoiceLabels labels) {
    static final InvoiceStyle US = new InvoiceStyle(
            new Country("en", "USD", 2, "8.25"),
            new Notation("MMMM d, yyyy", "mmmm d, yyyy", ',', '.', "$%s"),
            InvoiceLabels.of(
                    "Invoice | Invoice No. | Invoice date | Due date | From | Bill to | Currency | Description | Qty | Unit price"
                            + " | Amount | Subtotal | Sales tax (8.25%) | Total due | Please quote %s with your payment."));
    static final InvoiceStyle UK = new InvoiceStyle(
            new Country("en", "GBP", 2, "20"),
            new Notation("d MMMM yyyy", "d mmmm yyyy", ',', '.', "£%s"),
            InvoiceLabels.of(
                    "Invoice | Invoice number | Issue date | Due date | Supplier | Customer | Currency | Description | Quantity"
                            + " | Unit price | Amount | Net total | VAT (20%) | Total | Thank you for your order. Reference: %s."));
    static final InvoiceStyle GERMAN = new InvoiceStyle(
            new Country("de", "EUR", 2, "19"),
            new Notation("dd.MM.yyyy", "dd.mm.yyyy", '.', ',', "%s €"),
            InvoiceLabels.of(
                    "Rechnung | Rechnungsnummer | Rechnungsdatum | Fällig am | Lieferant | Kunde | Währung | Beschreibung"
                            + " | Menge | Einzelpreis | Betrag | Nettobetrag | USt. (19 %) | Gesamtbetrag"
                            + " | Bitte geben Sie bei der Überweisung %s an."));
    static final InvoiceStyle SWISS = new InvoiceStyle(
            new Country("de", "CHF", 2, "8.1"),
            new Notation("d. MMMM yyyy", "d. mmmm yyyy", '\'', '.', "CHF %s"),
            InvoiceLabels.of(
                    "Rechnung | Rechnung Nr. | Datum | Zahlbar bis | Rechnungssteller | Rechnungsempfänger | Währung"
                            + " | Bezeichnung | Anzahl | Preis | Betrag | Zwischensumme | MWST (8.1 %) | Rechnungsbetrag"
                            + " | Besten Dank für Ihren Auftrag (Referenz %s)."));
    static final InvoiceStyle FRENCH = new InvoiceStyle(
            new Country("fr", "EUR", 2, "20"),
            new Notation("d MMMM yyyy", "d mmmm yyyy", '\u202f', ',', "%s\u00a0€"),
            InvoiceLabels.of("Facture | Numéro de facture | Date d’émission | Échéance | Fournisseur | Client | Devise"
                    + " | Désignation | Quantité | Prix unitaire | Montant | Total HT | TVA (20 %) | Total TTC"
                    + " | Merci de rappeler la référence %s lors du règlement."));
    static final InvoiceStyle JAPANESE = new InvoiceStyle(
            new Country("ja", "JPY", 0, "10"),
            new Notation("yyyy年M月d日", "yyyy\"年\"m\"月\"d\"日\"", ',', '.', "¥%s"),
            InvoiceLabels.of("請求書 | 請求書番号 | 発行日 | 支払期限 | 請求元"
                    + " | 請求先 | 通貨 | 品名 | 数量 | 単価 | 金額 | 小計"
                    + " | 消費税 (10%) | 合計 | お振込みの際は %s をご記入ください。"));

    /** Language, ISO 4217 currency, tax. */
    record Country(String language, String currency, int decimals, String taxPercent) {}

    /** How dates and numbers are written, dates also in the words of a spreadsheet. */
    record Notation(String date, String sheetDate, char grouping, char point, String money) {}

    String language() {
        return country.language();
    }

    String currency() {
        return country.currency();
    }

    int decimals() {
        return country.decimals();
    }

    BigDecimal taxPercent() {
        return new BigDecimal(country.taxPercent());
    }

    SampleCell day(LocalDate day) {
        Locale locale = Locale.forLanguageTag(language());
        return new SampleCell.Day(
                day, DateTimeFormatter.ofPattern(notation.date(), locale).format(day), notation.sheetDate());
    }

    SampleCell quantity(BigDecimal quantity) {
        String text = quantity.toPlainString().replace('.', notation.point());
        return new SampleCell.Amount(quantity, text, "General");
    }

    SampleCell number(BigDecimal amount) {
        return new SampleCell.Amount(amount, plain(amount), sheetNumber());
    }

    SampleCell money(BigDecimal amount) {
        String symbol = notation.money().replace("%s", "").strip();
        String format = notation.money().replace(symbol, '"' + symbol + '"').replace("%s", sheetNumber());
        return new SampleCell.Amount(amount, Text.format(notation.money(), plain(amount)), format);
    }

    private String sheetNumber() {
        return decimals() == 0 ? "#,##0" : "#,##0.00";
    }

    private String plain(BigDecimal amount) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setGroupingSeparator(notation.grouping());
        symbols.setDecimalSeparator(notation.point());
        symbols.setMinusSign('-');
        return new DecimalFormat(sheetNumber(), symbols).format(amount);
    }
}
