-- What affiliates brought week by week, for the overview: clicks and orders of a shop by time.
CREATE INDEX affiliate_clicks_recent ON affiliate_clicks (shop_id, clicked_at, affiliate_id);
CREATE INDEX affiliate_orders_recent ON affiliate_orders (shop_id, placed_at);
