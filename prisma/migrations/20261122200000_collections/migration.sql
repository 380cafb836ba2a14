-- Collections of the shop, and which of them a product is in.

CREATE TABLE collections (
  shop_id integer NOT NULL,
  id bigint NOT NULL,
  title text NOT NULL,
  shopify_updated_at timestamptz(3) NOT NULL,
  deleted_at timestamptz(3),
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('collections');
ALTER TABLE collections ALTER COLUMN shop_id SET STATISTICS 0;

-- Null: no import has told yet.
ALTER TABLE products ADD COLUMN collection_ids bigint[];

ALTER TABLE campaigns ADD COLUMN collection_ids bigint[];
ALTER TABLE campaigns DROP CONSTRAINT campaigns_scope_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_scope_check CHECK (scope IN ('all', 'products', 'collections', 'tags'));
