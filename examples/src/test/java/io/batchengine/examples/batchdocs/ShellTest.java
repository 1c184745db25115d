package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Scope;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {
    private static final Scope DEFAULT = Scope.ofProject("prj-default");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "/a/b-1.db | /a/b-1.db",
                "my file | 'my file'",
                "it's | 'it'\\''s'",
                "a$b`c\"d;e | 'a$b`c\"d;e'",
                "gr\u00fc\u00df | 'gr\u00fc\u00df'",
                "a\u202eb'c\\d | $'a\\xe2\\x80\\xaeb\\'c\\\\d'",
                "a\udcffb | $'a\\xffb'",
                "~ | '~'",
                "* | '*'",
            })
    void a_word_is_quoted_so_that_a_shell_takes_it_as_it_is(String word, String quoted) {
        assertThat(Shell.quoted(word)).isEqualTo(quoted);
    }

    @Test
    void controls_do_not_reach_the_terminal() {
        assertThat(Shell.quoted("a\n\u001b[2J")).isEqualTo("$'a\\x0a\\x1b[2J'");
        assertThat(Shell.quoted("")).isEqualTo("''");
    }

    @Test
    void the_project_is_told_unless_it_is_the_default() {
        assertThat(Shell.resume("bat-1", StoreOptions.defaultStore(), Scope.ofProject("my project")))
                .isEqualTo("batch-docs resume bat-1 --project 'my project'");
    }

    @Test
    void the_store_is_told_unless_it_is_the_default_and_without_its_password() {
        StoreLocation url = StoreLocation.of("jdbc:postgresql://host/db?user=me&password=planted&ssl=true");

        assertThat(Shell.resume("bat-1", StoreOptions.defaultStore(), DEFAULT)).isEqualTo("batch-docs resume bat-1");
        assertThat(Shell.resume("bat-1", StoreLocation.ofFile(Path.of("/x y/s.db")), DEFAULT))
                .isEqualTo("batch-docs resume bat-1 --store '/x y/s.db'");
        assertThat(Shell.resume("bat-1", url, DEFAULT))
                .isEqualTo("batch-docs resume bat-1 --store 'jdbc:postgresql://host/db?user=me&password=***&ssl=true'");
        assertThat(url.shown()).doesNotContain("planted");
    }
}
