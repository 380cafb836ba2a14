-- More that points buy: a product, store credit, gift cards; rewards whose points the shopper chooses; rewards of tiers.
ALTER TABLE rewards
  DROP CONSTRAINT rewards_kind,
  DROP CONSTRAINT rewards_value,
  ADD COLUMN variant_id bigint,
  ADD COLUMN slider_per_unit integer,
  ADD COLUMN slider_most integer,
  ADD COLUMN slider_step integer,
  ADD COLUMN tier_ids integer[] DEFAULT ARRAY[]::integer[];
ALTER TABLE rewards
  ADD CONSTRAINT rewards_kind CHECK (kind IN ('amount_off', 'percentage', 'free_shipping', 'free_product', 'store_credit', 'gift_card')),
  ADD CONSTRAINT rewards_product CHECK ((kind = 'free_product') = (variant_id IS NOT NULL)),
  ADD CONSTRAINT rewards_slider CHECK (
    (slider_per_unit IS NULL AND slider_most IS NULL AND slider_step IS NULL)
    OR (slider_per_unit > 0 AND slider_step > 0 AND slider_most > points AND kind IN ('amount_off', 'store_credit', 'gift_card'))),
  ADD CONSTRAINT rewards_value CHECK ((value IS NULL) = (kind IN ('free_shipping', 'free_product') OR slider_per_unit IS NOT NULL));

-- Store credit can't be asked for twice safely: when it was asked for is written down first, and an answer that was lost is `unknown`.
ALTER TABLE redemptions DROP CONSTRAINT redemptions_state;
ALTER TABLE redemptions
  ADD COLUMN sent_at timestamptz(3),
  ADD CONSTRAINT redemptions_state CHECK (state IN ('reserved', 'confirmed', 'released', 'cancelled', 'used', 'unknown'));
-- Payments the merchant has to look at: none in most shops.
CREATE INDEX redemptions_unknown ON redemptions (shop_id, id) WHERE state = 'unknown';
