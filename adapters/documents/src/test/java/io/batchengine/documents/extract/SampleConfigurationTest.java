package io.batchengine.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.json.SavedConfiguration;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.model.JobType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample's saved configuration, over invoices in all of its languages. */
class SampleConfigurationTest {
    private static final Path FILE = Path.of(
            System.getProperty("maven.multiModuleProjectDirectory", "../.."),
            "examples/src/main/resources/sample/configs/cfg-sample-invoice.json");

    static Stream<Arguments> invoices() {
        return Stream.of(
                Arguments.of("""
                        # Invoice

                        | Invoice No. | QF-2026-0131 |
                        | --- | --- |
                        | Invoice date | February 3, 2026 |
                        | Due date | March 5, 2026 |
                        | From | Quillfeather Paper Co. |
                        | Bill to | Hatstand & Umbrella Inc. |

                        | Description | Qty | Unit price | Amount |
                        | --- | ---: | ---: | ---: |
                        | Ledger, 200 pages | 150 | 18.40 | 2,760.00 |
                        | Loyalty discount | 1 | -120.00 | -120.00 |

                        | Subtotal | $2,640.00 |
                        | --- | --- |
                        | Sales tax (8.25%) | $217.80 |
                        | Total due | $2,857.80 |
                        """, """
                        {"invoice_number":"QF-2026-0131","issue_date":"2026-02-03","due_date":"2026-03-05",
                        "supplier":"Quillfeather Paper Co.","customer":"Hatstand & Umbrella Inc.","currency":"USD",
                        "net_total":2640.00,"tax_total":217.80,"total":2857.80,"line_items":[
                        {"description":"Ledger, 200 pages","quantity":150,"unit_price":18.40,"amount":2760.00},
                        {"description":"Loyalty discount","quantity":1,"unit_price":-120.00,"amount":-120.00}]}
                        """), Arguments.of("""
                        # Rechnung

                        **Rechnungsnummer:** RE-2026-033
                        **Rechnungsdatum:** 11.03.2026
                        **Fällig am:** 10.04.2026
                        **Lieferant:** Mondlicht Werkzeugbau GmbH
                        **Kunde:** Sägewerk Tannenflüster OHG

                        | **Beschreibung** | **Menge** | **Einzelpreis** | **Betrag** |
                        |---|---|---|---|
                        | Sägeblatt; 450 mm | 12 | 138,20 | 1.658,40 |

                        **Nettobetrag:** 1.658,40 €
                        **USt. (19 %):** 315,10 €
                        **Gesamtbetrag:** 1.973,50 €
                        """, """
                        {"invoice_number":"RE-2026-033","issue_date":"2026-03-11","due_date":"2026-04-10",
                        "supplier":"Mondlicht Werkzeugbau GmbH","customer":"Sägewerk Tannenflüster OHG","currency":"EUR",
                        "net_total":1658.40,"tax_total":315.10,"total":1973.50,"line_items":[
                        {"description":"Sägeblatt; 450 mm","quantity":12,"unit_price":138.20,"amount":1658.40}]}
                        """), Arguments.of("""
                        # Facture

                        **From:** billing@supplier.example
                        **Date:** Fri, 17 Apr 2026 09:30:00 GMT

                        Numéro de facture: F2026-021
                        Date d’émission:   12 mars 2026
                        Échéance:          26 avril 2026
                        Fournisseur:       Les Ateliers du Papillon Bleu SARL
                        Client:            Théâtre de la Lune Fêlée
                        Devise:            EUR

                        Désignation              Quantité   Prix unitaire    Montant
                        Cadre doré, 40 × 60 cm          9          142,50   1\u202f282,50

                        Total HT:   1\u202f282,50\u00a0€
                        TVA (20 %): 256,50\u00a0€
                        Total TTC:  1\u202f539,00\u00a0€
                        """, """
                        {"invoice_number":"F2026-021","issue_date":"2026-03-12","due_date":"2026-04-26",
                        "supplier":"Les Ateliers du Papillon Bleu SARL","customer":"Théâtre de la Lune Fêlée","currency":"EUR",
                        "net_total":1282.50,"tax_total":256.50,"total":1539.00,"line_items":[
                        {"description":"Cadre doré, 40 × 60 cm","quantity":9,"unit_price":142.50,"amount":1282.50}]}
                        """), Arguments.of("""
                        | 請求書 |  |  |  |
                        | --- | --- | --- | --- |
                        | 請求書番号 | HK-0057 |  |  |
                        | 発行日 | 2026年3月31日 |  |  |
                        | 支払期限 | 2026年5月1日 |  |  |
                        | 請求元 | 星屑文具株式会社 |  |  |
                        | 請求先 | 有限会社からくり堂 |  |  |
                        |  |  |  |  |
                        | 品名 | 数量 | 単価 | 金額 |
                        | 和紙(特厚) | 400 | 95 | 38,000 |
                        |  |  |  |  |
                        |  |  | 小計 | ¥38,000 |
                        |  |  | 消費税 (10%) | ¥3,800 |
                        |  |  | 合計 | ¥41,800 |
                        """, """
                        {"invoice_number":"HK-0057","issue_date":"2026-03-31","due_date":"2026-05-01",
                        "supplier":"星屑文具株式会社","customer":"有限会社からくり堂","currency":"JPY",
                        "net_total":38000,"tax_total":3800,"total":41800,"line_items":[
                        {"description":"和紙(特厚)","quantity":400,"unit_price":95,"amount":38000}]}
                        """));
    }

    @ParameterizedTest
    @MethodSource("invoices")
    void every_field_of_an_invoice_is_found(String markdown, String json) throws Exception {
        var saved = SavedConfiguration.read("cfg-sample-invoice", JobType.EXTRACT_V2, Files.readString(FILE));
        ExtractSnapshot snapshot = ExtractSnapshot.of(saved.parameters());
        Extraction extraction = Extractor.rules()
                .extract(new ExtractionRequest(
                        new ParsedDocument(markdown, Map.of()), "invoice.md", snapshot.configuration(), () -> false));

        assertThat(snapshot.schema().faults(StrictJson.read(extraction.json()), extraction.problems(), () -> false))
                .isEmpty();
        assertThat(StrictJson.read(extraction.json())).isEqualTo(StrictJson.read(json));
        assertThat(extraction.problems()).isEmpty();
    }
}
