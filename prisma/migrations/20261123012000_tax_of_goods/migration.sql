-- Where tax counts and a list says which goods earn, the tax of each line goes with the line. Orders judged before keep what they
-- were judged by: their tax in proportion.
ALTER TABLE order_line_earns ADD COLUMN own_tax boolean NOT NULL DEFAULT false;
