-- Every version of the merchant's words for a mail: who wrote it and when, so that a former one can be brought back.
CREATE TABLE email_word_versions (
  shop_id integer NOT NULL,
  template_key text NOT NULL,
  locale text NOT NULL,
  version integer NOT NULL,
  words jsonb NOT NULL,
  staff text,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, template_key, locale, version)
);
SELECT perennial_protect('email_word_versions');
ALTER TABLE email_word_versions ALTER COLUMN shop_id SET STATISTICS 0;
-- What was written before anybody kept versions is the first.
INSERT INTO email_word_versions (shop_id, template_key, locale, version, words, created_at)
SELECT shop_id, template_key, locale, 1, words, updated_at FROM email_words;
ALTER TABLE email_words ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE email_words ALTER COLUMN version DROP DEFAULT;
-- Which words a mail was rendered with; none: ours, or from before.
ALTER TABLE email_templates ADD COLUMN words_version integer;
