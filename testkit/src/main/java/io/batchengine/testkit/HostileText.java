package io.batchengine.testkit;

import io.batchengine.model.Ids;
import java.util.List;

/** Texts that have broken stores: all different, all valid ids by {@link Ids}. */
final class HostileText {
    /** In the order in which a source directory lists. */
    static final List<String> ALL = List.of(
                    "a",
                    "A",
                    "\u00e4",
                    "a\u0308",
                    "\u00df",
                    "ss",
                    "SS",
                    "i",
                    "I",
                    "\u0131",
                    "\u0130", // case and normal forms
                    "\u00e9",
                    "e\u0301",
                    "\ufb01",
                    "fi",
                    "\u212b",
                    "\u00c5",
                    " ",
                    "  ",
                    " a",
                    "a ",
                    "a  ",
                    "\t",
                    "\n",
                    "\r",
                    "\r\n",
                    "a\n", // blanks that get trimmed
                    "'",
                    "''",
                    "\"",
                    "`",
                    "\\",
                    "\\\\",
                    "\\n",
                    "\\x00",
                    "\\u0000",
                    "x'00'", // quotes and escapes
                    "'; drop table batch; --",
                    "a' or '1'='1",
                    "/*",
                    "--",
                    ";",
                    "$1",
                    ":name",
                    "?",
                    "{fn now()}",
                    "%",
                    "_",
                    "a%",
                    "%a",
                    "a_",
                    "*",
                    "[a]", // wildcards
                    "null",
                    "NULL",
                    "0",
                    "00",
                    "-0",
                    "1e3",
                    "0x1",
                    "true",
                    "NaN", // what gets converted
                    "\u0001",
                    "\u001b[31m",
                    "\u007f",
                    "\u0085",
                    "\u2028",
                    "\u202e",
                    "\u200b",
                    "\u00a0",
                    "\ufeff", // unseen
                    "\ufffd",
                    "\ue000",
                    "\uffff",
                    "\ud83d\ude00",
                    "\ud83d\ude01",
                    "\udbff\udfff", // planes
                    "\u65e5\u672c\u8a9e",
                    "\u05e9\u05dc\u05d5\u05dd",
                    "..",
                    "../a",
                    "/",
                    "a/b",
                    "C:\\a",
                    "x".repeat(255) + "y",
                    "x".repeat(255) + "z",
                    "\u00e4".repeat(256),
                    "\ud83d\ude00".repeat(128))
            .stream()
            .sorted(Ids::compareUtf8)
            .toList();

    private HostileText() {}
}
