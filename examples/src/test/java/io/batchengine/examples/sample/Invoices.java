package io.batchengine.examples.sample;

import static io.batchengine.examples.sample.InvoiceStyle.FRENCH;
import static io.batchengine.examples.sample.InvoiceStyle.GERMAN;
import static io.batchengine.examples.sample.InvoiceStyle.JAPANESE;
import static io.batchengine.examples.sample.InvoiceStyle.SWISS;
import static io.batchengine.examples.sample.InvoiceStyle.UK;
import static io.batchengine.examples.sample.InvoiceStyle.US;

import io.batchengine.examples.sample.Invoice.Line;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The invoices, by file name. */
final class Invoices {
    private Invoices() {}

    static Map<String, Invoice> all() {
        Map<String, Invoice> invoices = new LinkedHashMap<>();
        american(invoices);
        british(invoices);
        german(invoices);
        swiss(invoices);
        french(invoices);
        japanese(invoices);
        return invoices;
    }

    /** The invoice of a file. */
    static Invoice named(String file) {
        return Objects.requireNonNull(all().get(file), file);
    }

    private static void american(Map<String, Invoice> invoices) {
        Sender quill = new Sender(US, "Quillfeather Paper Co.", "7 Inkwell Lane, Nowhere Falls");
        invoices.put(
                "invoice-quillfeather-0117.pdf",
                quill.invoice(
                        "QF-2026-0117",
                        "2026-01-12",
                        30,
                        "Brambleworks Ltd",
                        false,
                        Line.of("Letter paper, cream, ream of 500", "40", "12.95"),
                        Line.of("Goose quill, left-handed", "25", "3.20"),
                        Line.of("Sealing wax, crimson", "12", "6.75")));
        invoices.put(
                "invoice-quillfeather-0131.xlsx",
                quill.invoice(
                        "QF-2026-0131",
                        "2026-02-03",
                        30,
                        "Hatstand & Umbrella Inc.",
                        true,
                        Line.of("Ledger, 200 pages", "150", "18.40"),
                        Line.of("Blotting paper, box", "30", "9.99"),
                        Line.of("Engraving, per hour", "7.5", "64.00"),
                        Line.of("Loyalty discount", "1", "-120.00")));
        invoices.put(
                "invoice-quillfeather-0158.csv",
                quill.invoice(
                        "QF-2026-0158",
                        "2026-03-20",
                        14,
                        "Tumbledown Theatre, Inc.",
                        true,
                        Line.of("Playbill, folded, 4 pages", "1200", "0.85"),
                        Line.of("Poster \"Night of the Owls\"", "60", "4.50")));
    }

    private static void british(Map<String, Invoice> invoices) {
        Sender bramble = new Sender(UK, "Brambleworks Ltd", "Unit 3, Hedgerow Yard, Mossby-under-Fell");
        invoices.put(
                "invoice-brambleworks-88.docx",
                bramble.invoice(
                        "BW/88",
                        "2026-01-31",
                        30,
                        "Quillfeather Paper Co.",
                        true,
                        Line.of("Bramble jam, case of 24 jars", "18", "54.60"),
                        Line.of("Hedge trimming, day rate", "2.5", "310.00")));
        invoices.put(
                "invoice-brambleworks-91.html",
                bramble.invoice(
                        "BW/91",
                        "2026-02-14",
                        30,
                        "The Lantern & Anchor Inn",
                        false,
                        Line.of("Bramble jam, case of 24 jars", "6", "54.60"),
                        Line.of("Sloe cordial, 5 litres", "10", "22.15"),
                        Line.of("Delivery", "1", "15.00")));
        invoices.put(
                "invoice-brambleworks-97.eml",
                bramble.invoice(
                        "BW/97",
                        "2026-03-02",
                        30,
                        "Moonrake Catering Ltd",
                        true,
                        Line.of("Elderflower syrup, 5 litres", "8", "26.40"),
                        Line.of("Crate deposit", "8", "2.00")));
        invoices.put(
                "invoice-brambleworks-102.txt",
                bramble.invoice(
                        "BW/102",
                        "2026-04-09",
                        21,
                        "Pipistrelle Nursery School",
                        true,
                        Line.of("Willow arch, planted", "3", "189.00"),
                        Line.of("Bark mulch, cubic metre", "4.25", "48.00"),
                        Line.of("Labour, hour", "16", "32.50")));
    }

    private static void german(Map<String, Invoice> invoices) {
        Sender moon = new Sender(GERMAN, "Mondlicht Werkzeugbau GmbH", "Am Amboss 4, 00815 Hinterzwölfingen");
        invoices.put(
                "invoice-mondlicht-2026-014.pdf",
                moon.invoice(
                        "RE-2026-014",
                        "2026-01-08",
                        14,
                        "Kessel & Krume Backwaren GmbH",
                        true,
                        Line.of(
                                "Teigteiler, überholt, mit Ersatzmessern aus gehärtetem Stahl und Prüfprotokoll",
                                "1",
                                "4890.00"),
                        Line.of("Ersatzmesser, Satz", "6", "74.50"),
                        Line.of("Montage vor Ort, Stunde", "11.5", "86.00")));
        invoices.put(
                "invoice-mondlicht-2026-027.docx",
                moon.invoice(
                        "RE-2026-027",
                        "2026-02-19",
                        30,
                        "Fährhaus Nebelsee e. K.",
                        true,
                        Line.of("Schäkel, verzinkt, 12 mm", "250", "3.79"),
                        Line.of("Kettenzug, 500 kg", "2", "649.00")));
        invoices.put(
                "invoice-mondlicht-2026-033.csv",
                moon.invoice(
                        "RE-2026-033",
                        "2026-03-11",
                        30,
                        "Sägewerk Tannenflüster OHG",
                        true,
                        Line.of("Sägeblatt; 450 mm; hartmetallbestückt", "12", "138.20"),
                        Line.of("Schärfdienst", "12", "24.00")));
        invoices.put(
                "invoice-mondlicht-2026-041.rtf",
                moon.invoice(
                        "RE-2026-041",
                        "2026-04-01",
                        30,
                        "Gärtnerei Löwenzahn & Töchter GbR",
                        false,
                        Line.of("Handhacke, Esche", "30", "19.95"),
                        Line.of("Größenanpassung Stiele", "30", "2.50"),
                        Line.of("Treuerabatt", "1", "-60.00")));
    }

    private static void swiss(Map<String, Invoice> invoices) {
        Sender peak = new Sender(SWISS, "Gipfelglück Uhren AG", "Echogasse 12, 0007 Oberjuchzingen");
        invoices.put(
                "invoice-gipfelglueck-5521.docx",
                peak.invoice(
                        "5521",
                        "2026-02-27",
                        30,
                        "Hotel Sternschnuppe AG",
                        true,
                        Line.of("Turmuhr, Revision", "1", "12480.00"),
                        Line.of("Zifferblatt, vergoldet", "4", "1365.50"),
                        Line.of("Anfahrt, km", "184", "0.95")));
    }

    private static void french(Map<String, Invoice> invoices) {
        Sender papillon =
                new Sender(FRENCH, "Les Ateliers du Papillon Bleu SARL", "3, rue des Songes, 00100 Sainte-Brume");
        invoices.put(
                "invoice-papillon-f2026-009.pdf",
                papillon.invoice(
                        "F2026-009",
                        "2026-01-22",
                        30,
                        "Boulangerie L’Épi Rêveur",
                        true,
                        Line.of("Enseigne peinte à la main", "1", "1450.00"),
                        Line.of("Pose et réglage, heure", "3.5", "58.00")));
        invoices.put(
                "invoice-papillon-f2026-015.html",
                papillon.invoice(
                        "F2026-015",
                        "2026-03-12",
                        45,
                        "Théâtre de la Lune Fêlée",
                        false,
                        Line.of("Décor « forêt », panneau", "14", "385.00"),
                        Line.of("Peinture phosphorescente, litre", "22", "31.90"),
                        Line.of("Livraison", "1", "120.00")));
        invoices.put(
                "invoice-papillon-f2026-021.eml",
                papillon.invoice(
                        "F2026-021",
                        "2026-04-17",
                        30,
                        "Musée imaginaire de Val-Perdu",
                        true,
                        Line.of("Cadre doré, 40 × 60 cm", "9", "142.50"),
                        Line.of("Vernis, flacon", "5", "18.20")));
    }

    private static void japanese(Map<String, Invoice> invoices) {
        Sender stars = new Sender(JAPANESE, "星屑文具株式会社", "架空県夢見市月影町1-2-3");
        invoices.put(
                "invoice-hoshikuzu-0042.docx",
                stars.invoice(
                        "HK-0042",
                        "2026-01-15",
                        30,
                        "月影喫茶店",
                        true,
                        Line.of("万年筆(紺)", "20", "4800"),
                        Line.of("便箋セット", "150", "620"),
                        Line.of("名入れ加工", "20", "350")));
        invoices.put(
                "invoice-hoshikuzu-0057.xlsx",
                stars.invoice(
                        "HK-0057",
                        "2026-02-20",
                        30,
                        "雲海図書館",
                        true,
                        Line.of("図書カード用紙", "5000", "12"),
                        Line.of("スタンプ台", "36", "780")));
        invoices.put(
                "invoice-hoshikuzu-0063.html",
                stars.invoice(
                        "HK-0063",
                        "2026-03-31",
                        31,
                        "有限会社からくり堂",
                        false,
                        Line.of("和紙(特厚)", "400", "95"),
                        Line.of("裁断・梱包", "1", "3500")));
    }

    /** Who sends invoices, and in which style. */
    private record Sender(InvoiceStyle style, String name, String address) {
        Invoice invoice(String number, String issued, int days, String customer, boolean currencyShown, Line... lines) {
            LocalDate day = LocalDate.parse(issued);
            return new Invoice(
                    style, number, day, day.plusDays(days), name, address, customer, currencyShown, List.of(lines));
        }
    }
}
