package io.batchengine.examples.sample;

/** SampleLetters in several languages, from companies that do not exist. */
final class SampleLetters {
    private SampleLetters() {}

    static Doc relocation() {
        return Doc.untitled("en", "We are moving")
                .text(
                        "Hatstand & Umbrella Inc.\u2003Coatrack Square 9\u2003Nowhere Falls",
                        "2 March 2026",
                        "Dear customers,",
                        "From 1 April 2026 you will find us two doors down, above the old clock shop. Our telephone numbers stay"
                                + " the same. The new rooms have a lift, better light and a place to leave wet umbrellas.",
                        "A map is on [our web site](https://hatstand.example/find-us). Orders sent to the old address until the"
                                + " end of June will be forwarded.",
                        "Yours faithfully,",
                        "The Hatstand & Umbrella team")
                .build();
    }

    static Doc cancellationGerman() {
        return Doc.untitled("de", "Kündigung des Wartungsvertrags")
                .text(
                        "Kessel & Krume Backwaren GmbH, Mehlgasse 2, 00816 Hinterzwölfingen",
                        "An die Mondlicht Werkzeugbau GmbH",
                        "15. Januar 2026",
                        "Kündigung des Wartungsvertrags Nr. 77-B",
                        "Sehr geehrte Damen und Herren,",
                        "hiermit kündigen wir den oben genannten Vertrag fristgerecht zum 30. Juni 2026. Den Teigteiler möchten wir"
                                + " künftig selbst warten; für die gute Zusammenarbeit in den letzten Jahren danken wir herzlich.",
                        "Bitte bestätigen Sie uns den Eingang dieses Schreibens. Fragen beantworten wir gern unter"
                                + " [büro@kessel-krume.example](mailto:buero@kessel-krume.example).",
                        "Mit freundlichen Grüßen",
                        "Kessel & Krume Backwaren GmbH, Einkauf")
                .build();
    }

    static Doc complaintFrench() {
        return Doc.untitled("fr", "Réclamation")
                .text(
                        "Théâtre de la Lune Fêlée",
                        "Sainte-Brume, le 20 mars 2026",
                        "Objet : décor « forêt » livré incomplet",
                        "Madame, Monsieur,",
                        "Nous avons bien reçu hier les panneaux commandés. À l’ouverture des caisses, nous avons constaté qu’il en"
                                + " manquait deux et qu’un troisième était fendu. La première étant fixée au 11 avril, nous vous prions"
                                + " de nous faire parvenir les pièces manquantes avant la fin du mois.",
                        "Dans l’attente de votre réponse, nous vous adressons nos salutations distinguées.",
                        "La régie du Théâtre de la Lune Fêlée")
                .build();
    }

    static Doc reference() {
        return Doc.titled("en", "Letter of Reference")
                .text(
                        "Nowhere Falls, 18 February 2026",
                        "To whom it may concern,",
                        "Moonrake Catering Ltd has looked after our yearly staff party since 2019. In all these years the food"
                                + " arrived on time, hot and in plenty. When a storm cut the power in 2023, the team cooked for"
                                + " 180 guests on camp stoves and nobody noticed until dessert.",
                        "We recommend them without hesitation. Their menus are at"
                                + " [moonrake.example/menus](https://moonrake.example/menus).",
                        "Quillfeather Paper Co., Personnel Office")
                .build();
    }

    static Doc invitationGreek() {
        return Doc.titled("el", "Πρόσκληση σε εγκαίνια")
                .text(
                        "Αγαπητοί φίλοι,",
                        "Σας προσκαλούμε στα εγκαίνια του εργαστηρίου «Γαλάζιο Φεγγάρι», την Παρασκευή 8 Μαΐου 2026, στις"
                                + " επτά το απόγευμα. Θα ακολουθήσει μουσική και μικρή δεξίωση στην αυλή.")
                .heading(2, "Πρόγραμμα")
                .table("Ώρα | Εκδήλωση", "19:00 | Υποδοχή", "19:30 | Ξενάγηση στο εργαστήριο", "20:30 | Μουσική")
                .text("Παρακαλούμε απαντήστε έως τις 30 Απριλίου: [απάντηση](https://fengari.example/rsvp).")
                .build();
    }

    static Doc offerRussian() {
        return Doc.titled("ru", "Коммерческое предложение")
                .text(
                        "Уважаемые партнёры!",
                        "Мастерская «Лунный Кот» предлагает вам деревянные игрушки собственного производства. При заказе от"
                                + " ста штук доставка бесплатна.")
                .heading(2, "Цены")
                .table(
                        "Изделие | Цена за штуку, руб. | Срок",
                        "Кубики, набор | 1 250 | 5 дней",
                        "Лошадка-качалка | 7 900 | 14 дней")
                .text(
                        "Каталог опубликован [на нашем сайте](https://lunkot.example/catalog).",
                        "С уважением, мастерская «Лунный Кот»")
                .build();
    }

    static Doc memo() {
        return Doc.titled("en", "Memo: the coffee machine")
                .text(
                        "The coffee machine on the second floor — the “old dragon” — will be repaired on 9 June. Until then, please"
                                + " use the one in the canteen. It takes coins of 1 € and 2 £.")
                .add(Block.bullets("No, it does not take buttons.", "Yes, we have tried."))
                .build();
    }

    static Doc misfiled() {
        return Doc.untitled("en", "Thank you")
                .text(
                        "Dear Brambleworks,",
                        "Thank you for the prompt delivery of the jam. The children finished the first jar before the crate was"
                                + " unpacked. We will pay the invoice this week.",
                        "Pipistrelle Nursery School")
                .build();
    }
}
