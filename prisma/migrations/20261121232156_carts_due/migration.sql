-- Carts that may become abandoned: open, somebody's, not empty. Anonymous storefront carts stay open for ever and are many.
CREATE INDEX carts_due ON carts (shop_id, last_activity_at) WHERE state = 'open' AND profile_id IS NOT NULL AND lines <> '[]';
DROP INDEX carts_open;
