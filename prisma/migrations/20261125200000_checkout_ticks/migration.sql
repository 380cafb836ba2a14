-- A tick in a checkout can be taken back in the same checkout: which one it was, and when it said otherwise.
ALTER TABLE consent_events ADD COLUMN checkout_token TEXT, ADD COLUMN withdrawn_at TIMESTAMPTZ(3);
CREATE INDEX consent_events_of_checkout ON consent_events (shop_id, checkout_token) WHERE checkout_token IS NOT NULL;
