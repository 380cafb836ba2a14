-- What delivering mail needs to remember.

-- What a message is about (cart token, order id), told when it was written; `vars` is what was filled in when it was sent.
ALTER TABLE messages ADD COLUMN context jsonb NOT NULL DEFAULT '{}';
-- Who holds the lease. Set before rendering; only its holder may hand the message over and write down the result.
ALTER TABLE messages ADD COLUMN lease_id text;
-- Committed right before SMTP. A lease that ran out with this set means: nobody knows whether it was sent.
ALTER TABLE messages ADD COLUMN handed_over_at timestamptz(3);
-- SHA-256 of subject, HTML and text as sent, so that showing it again can prove it is the same.
ALTER TABLE messages ADD COLUMN content_hash text;
ALTER TABLE messages ADD CONSTRAINT messages_status CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'withheld'));
-- Which mail brought an order: the sent mails about a cart.
CREATE INDEX messages_about_cart ON messages (shop_id, (context ->> 'cartToken')) WHERE context ? 'cartToken';

-- A push Shopify refused is tried again later, and given up after some attempts.
ALTER TABLE consent_pushes ADD COLUMN next_attempt_at timestamptz(3);
ALTER TABLE consent_pushes ADD CONSTRAINT consent_pushes_state CHECK (state IN ('subscribed', 'unsubscribed'));
ALTER TABLE consents ADD CONSTRAINT consents_state
  CHECK (state IN ('subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted', 'invalid'));

-- The merchant's own words for a mail, instead of ours.
CREATE TABLE email_words (
  shop_id integer NOT NULL,
  template_key text NOT NULL,
  locale text NOT NULL,
  words jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, template_key, locale)
);
SELECT perennial_protect('email_words');
