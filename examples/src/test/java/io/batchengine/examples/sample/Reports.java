package io.batchengine.examples.sample;

import static io.batchengine.examples.sample.Block.bullets;
import static io.batchengine.examples.sample.Block.item;
import static io.batchengine.examples.sample.Block.numbered;

/** Reports, slides and notices: headings, nested lists, tables, links. */
final class Reports {
    private Reports() {}

    static Doc quarterly() {
        return Doc.titled("en", "Brambleworks Quarterly Report")
                .text(
                        "This report covers the first quarter of 2026. Figures are in thousand pounds. The full accounts are on"
                                + " [our investor pages](https://brambleworks.example/investors/2026-q1).")
                .heading(2, "Highlights")
                .add(bullets(
                        item("Revenue grew by 12 % against the first quarter of 2025."),
                        item(
                                "Two new product lines:",
                                bullets("Sloe cordial", "Elderflower syrup, also without sugar")),
                        item("The hedge-trimming service reached 140 regular customers.")))
                .heading(2, "Revenue by region")
                .text("The north grew fastest; the coast was held back by the storms of February.")
                .table(
                        "Region | Q1 2025 | Q1 2026 | Change",
                        "North | 410 | 502 | +22 %",
                        "Coast | 388 | 371 | -4 %",
                        "Valleys and market towns | 254 | 305 | +20 %",
                        "Total | 1,052 | 1,178 | +12 %")
                .heading(3, "Method")
                .text(
                        "Regions are those of the delivery address. Returns are deducted in the quarter in which they arrive.")
                .heading(2, "Kitchen and hedges")
                .text(
                        "The kitchen in Nowhere Falls worked at its limit: 61,000 jars left it between January and March, and in the"
                                + " last week before Easter two shifts were not enough. Fruit came from 14 growers, all within"
                                + " 40 miles; frost damage was small.",
                        "The hedge service had a quiet January and a very busy March. Customers value that the same two people come"
                                + " each time. The waiting list is six weeks long; we do not accept new customers on the coast"
                                + " before the summer.")
                .heading(3, "Complaints")
                .table(
                        "Reason | Number | Answered within a day",
                        "Jar broken in transport | 31 | 29",
                        "Lid hard to open | 12 | 12",
                        "Hedge too short | 2 | 1")
                .text("A stronger carton has been tested since 9 March; since then only three jars broke.")
                .heading(2, "Risks")
                .add(bullets(
                        "Sugar prices rose by a fifth within a year; half of our need is bought ahead.",
                        "The lease of the Gull Quay stall ends in September. Talks with the harbour have begun, and a second place"
                                + " has been offered to us at the old lighthouse.",
                        "Three of nine vans are older than ten years."))
                .heading(2, "Outlook")
                .add(numbered(
                        item(
                                "Open the second kitchen in Mossby.",
                                numbered("Hire four cooks", "Pass the hygiene audit")),
                        item("Replace the delivery vans."),
                        item("Publish the [sustainability plan](https://brambleworks.example/plan).")))
                .text("Questions are welcome at [ir@brambleworks.example](mailto:ir@brambleworks.example).")
                .build();
    }

    static Doc handbook() {
        return Doc.titled("en", "Workshop Handbook")
                .text("Welcome to the workshop. Read this page on your first day; it takes five minutes.")
                .heading(2, "Opening hours")
                .table("Day | From | To", "Monday to Thursday | 8:00 | 17:30", "Friday | 8:00 | 15:00")
                .heading(2, "Before you start a machine")
                .add(numbered(
                        item("Put on goggles and tie back long hair."),
                        item("Check the guard:", bullets("not loose", "not cracked", "closes by itself")),
                        item("Tell your neighbour.")))
                .heading(2, "More")
                .text(
                        "Data sheets are in the [tool library](https://workshop.example/tools), spare parts in cabinet *B*.")
                .build();
    }

    static Doc waterArabic() {
        return Doc.titled("ar", "تقرير مراقبة المياه")
                .text("يلخص هذا التقرير نتائج قياس جودة المياه في واحة النجوم خلال شهر مارس 2026.")
                .heading(2, "النتائج")
                .table("الموقع | درجة الحموضة | الحرارة", "النبع الشمالي | 7.2 | 18.5", "القناة القديمة | 7.6 | 21.0")
                .heading(2, "التوصيات")
                .add(bullets("تنظيف القناة القديمة قبل الصيف", "إعادة القياس في شهر يونيو"))
                .text("التفاصيل على [صفحة المشروع](https://oasis.example/water).")
                .build();
    }

    static Doc noticeHindi() {
        return Doc.titled("hi", "पुस्तकालय की सूचना")
                .text("चाँदनी पुस्तकालय सोमवार, 6 अप्रैल 2026 से नए समय पर खुलेगा।")
                .heading(2, "नया समय")
                .table(
                        "दिन | खुलने का समय | बंद होने का समय",
                        "सोमवार से शुक्रवार | 9:00 | 19:00",
                        "शनिवार | 10:00 | 14:00")
                .heading(2, "नियम")
                .add(bullets("पुस्तकें तीन सप्ताह के लिए दी जाती हैं।", "कृपया शांति बनाए रखें।"))
                .text("अधिक जानकारी: [हमारी वेबसाइट](https://library.example/hi)")
                .build();
    }

    static Doc energyUkrainian() {
        return Doc.titled("uk", "Звіт про споживання енергії")
                .text("У першому кварталі 2026 року майстерня «Сонячний млин» спожила на 9 % менше енергії.")
                .heading(2, "Споживання за місяцями")
                .table(
                        "Місяць | Електроенергія, кВт·год | Тепло, кВт·год",
                        "Січень | 4 120 | 9 850",
                        "Лютий | 3 870 | 8 910",
                        "Березень | 3 540 | 6 230")
                .heading(2, "Що змінилося")
                .add(numbered("Замінено освітлення у цеху.", "Утеплено дах складу."))
                .text("Докладніше — на [сторінці звітів](https://mlyn.example/zvity).")
                .build();
    }

    static Doc kickoffSlides() {
        return Doc.titled("en", "Project Lighthouse")
                .text("Kick-off, 4 May 2026")
                .heading(2, "Why we are here")
                .add(bullets(
                        item("Orders are typed in twice"),
                        item("Mistakes cost us:", bullets("three hours a day", "one angry customer a week")),
                        item("The plan is on [the project page](https://lighthouse.example)")))
                .heading(2, "Milestones")
                .table(
                        "Milestone | Due | Owner",
                        "Prototype | June | Workshop",
                        "Pilot with two shops | August | Sales",
                        "Everywhere | November | All")
                .heading(2, "Next steps")
                .add(bullets("Name a tester in each team", "Meet every Tuesday"))
                .build();
    }

    static Doc productSlidesJapanese() {
        return Doc.titled("ja", "新製品のご紹介")
                .text("星屑文具株式会社 2026年春")
                .heading(2, "万年筆「夜空」")
                .add(bullets("書き味がなめらか", "インクは十二色", "修理は無料"))
                .heading(2, "価格")
                .table("型番 | 色 | 価格", "YZ-1 | 紺 | 4,800円", "YZ-2 | 深緑 | 5,200円")
                .build();
    }
}
