package io.batchengine.examples.sample;

import static io.batchengine.examples.sample.Block.bullets;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** E-mails. */
final class Mails {
    private Mails() {}

    static Mail withAttachment() {
        Doc body = Doc.untitled("en", "Branch list and a question")
                .text(
                        "Hello,",
                        "attached is the list of our branches. Could you please check the telephone numbers by Friday? The form is"
                                + " at https://brambleworks.example/branches.",
                        "Best regards,",
                        "Brambleworks office")
                .build();
        String list = new String(new CsvWriter(',').write(Sheets.branches()), StandardCharsets.UTF_8);
        return new Mail(
                "Brambleworks office <office@brambleworks.example>",
                "shops@brambleworks.example",
                at("2026-03-16", ZoneOffset.UTC),
                StandardCharsets.UTF_8,
                false,
                body,
                List.of(new Mail.Attachment("branches.csv", "text/csv", list)));
    }

    static Mail newsletter() {
        Doc body = Doc.titled("en", "Moonrake News, spring 2026")
                .text("Spring is here, and so is our new menu.")
                .add(bullets("Nettle soup", "Rhubarb crumble", "Dandelion crème brûlée"))
                .heading(2, "Tastings")
                .table("Town | Date", "Gull Quay | 18 April", "Mossby | 25 April")
                .text("[Book a table](https://moonrake.example/book) or just come.")
                .build();
        return new Mail(
                "Moonrake Catering <news@moonrake.example>",
                "friends@moonrake.example",
                at("2026-04-01", ZoneOffset.ofHours(1)),
                StandardCharsets.UTF_8,
                true,
                body,
                List.of());
    }

    static Mail inquiryJapanese() {
        Doc body = Doc.untitled("ja", "お見積りのお願い")
                .text(
                        "星屑文具株式会社 ご担当者様",
                        "いつもお世話になっております。雲海図書館です。",
                        "図書カード用紙を五千枚、六月末までに納品していただけますでしょうか。お見積りをお願いいたします。",
                        "雲海図書館 総務係")
                .build();
        return new Mail(
                "=?UTF-8?B?6Zuy5rW35Zuz5pu46aSo?= <info@unkai.example>",
                "sales@hoshikuzu.example",
                at("2026-05-11", ZoneOffset.ofHours(9)),
                Charset.forName("ISO-2022-JP"),
                false,
                body,
                List.of());
    }

    /** An invoice in the body of a mail. */
    static Mail of(Invoice invoice, boolean withHtml) {
        return new Mail(
                "billing@supplier.example",
                "accounts@customer.example",
                at(invoice.issued().toString(), ZoneOffset.UTC),
                StandardCharsets.UTF_8,
                withHtml,
                invoice.document(),
                List.of());
    }

    private static ZonedDateTime at(String day, ZoneOffset offset) {
        return ZonedDateTime.of(LocalDate.parse(day), LocalTime.of(9, 30), offset);
    }
}
