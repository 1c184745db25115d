package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.pdf|a.pdf|true",
                "*.pdf|x/y/a.pdf|true",
                "*.pdf|a.PDF|false",
                "*.pdf|a.pdf/b|false",
                "*|.hidden|true",
                "x/*.pdf|x/a.pdf|true",
                "x/*.pdf|y/x/a.pdf|false",
                "x/*.pdf|x/y/a.pdf|false",
                "x/**|x/y/a.pdf|true",
                "**/*.pdf|a.pdf|true",
                "**/*.pdf|x/y/a.pdf|true",
                "x/**/a|x/a|true",
                "x/**/a|x/1/2/a|true",
                "x/**/a|x1/a|false",
                "?.txt|\u00fc.txt|true",
                "?.txt|\ud83d\ude00.txt|true",
                "?.txt|ab.txt|false",
                "a?b|a/b|false",
                "*.{pdf,docx}|a.docx|true",
                "*.{pdf,doc{x,m}}|a.docm|true",
                "*.{pdf,docx}|a.txt|false",
                "{**/x,y}|1/x|true",
                "[a-c].txt|b.txt|true",
                "[!a-c].txt|b.txt|false",
                "[!a-c].txt|d.txt|true",
                "[!a]b/c|/b/c|false",
                "[]x]|]|true",
                "[.*]|.|true",
                "[.*]|a|false",
                "a\\*b|a*b|true",
                "a\\*b|axb|false",
                "a.b|axb|false",
                "a,b|a,b|true",
                "a(b)+$^|a(b)+$^|true",
            })
    void a_glob_means_the_same_everywhere(String glob, String path, boolean matches) {
        assertThat(Glob.of(glob).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[a", "a]b[", "{a", "a}", "a\\", "[z-a]"})
    void what_is_no_glob_is_refused(String glob) {
        assertThatThrownBy(() -> Glob.of(glob))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("the glob \"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\n", "a\r\u0085\u2028b"})
    void line_ends_are_characters_like_others(String path) {
        assertThat(Glob.of("*").matches(path)).isTrue();
        assertThat(Glob.of("**").matches(path)).isTrue();
    }
}
