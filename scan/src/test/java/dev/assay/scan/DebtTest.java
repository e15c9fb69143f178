package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebtTest {
    private static ArtifactFacts visited(String text) {
        ArtifactFacts facts = new ArtifactFacts(".");
        new Debt().visit(facts, "application.properties", text);
        return facts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.password=8f3kZq0Lw1Xv9TnB2c", "aws_access_key_id = AKIA2E0A8F3B244C9986",
        "api-key: \"Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA\""})
    void a_random_value_with_a_telling_name_is_found(String line) {
        assertThat(visited(line).findings).extracting(Finding::rule).containsExactly("debt.secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.password=${DB_PASSWORD}", "password=changeme-please", "token.type=bearer_token_header",
        "secret.name=my-application-secret", "password.minimum.length=12", "password=short"})
    void placeholders_and_words_are_passed_over(String line) {
        assertThat(visited(line).findings).isEmpty();
    }

    @Test
    void entropy_is_in_bits_per_character() {
        assertThat(Debt.entropyBits("aaaa")).isZero();
        assertThat(Debt.entropyBits("abab")).isEqualTo(1);
        assertThat(Debt.entropyBits("abcdefgh")).isEqualTo(3);
    }
}
