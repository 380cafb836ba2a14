-- Products and times whose points count more often, or not at all.

-- Campaigns, versioned: a change is a new row.
CREATE TABLE campaigns (
  shop_id integer NOT NULL,
  id integer NOT NULL,
  version integer NOT NULL,
  title text NOT NULL,
  enabled boolean NOT NULL,
  factor numeric(6,2) NOT NULL CHECK (factor BETWEEN 0 AND 100),
  scope text NOT NULL CHECK (scope IN ('all', 'products', 'tags')),
  product_ids bigint[],
  tags text[],
  starts_on date,
  ends_on date,
  minimum numeric(20,4) CHECK (minimum > 0),
  max_extra integer CHECK (max_extra > 0),
  effective_from timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, id, version)
);
SELECT perennial_protect('campaigns');
ALTER TABLE campaigns ALTER COLUMN shop_id SET STATISTICS 0;

-- How often each line of an order counts, written down when the line was first seen. Only of shops with campaigns.
CREATE TABLE order_line_factors (
  shop_id integer NOT NULL,
  order_id bigint NOT NULL,
  line_id bigint NOT NULL,
  campaign_id integer,
  version integer,
  factor numeric(6,2) NOT NULL,
  PRIMARY KEY (shop_id, order_id, line_id)
);
SELECT perennial_protect('order_line_factors');
ALTER TABLE order_line_factors ALTER COLUMN shop_id SET STATISTICS 0;
