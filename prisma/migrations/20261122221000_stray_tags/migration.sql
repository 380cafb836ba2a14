-- Merges in Shopify after which the customer may carry the tag of another tier, until it was taken away.
ALTER TABLE told_standings ADD COLUMN strays integer NOT NULL DEFAULT 0;
