-- The same as for the ledger: a shop the statistics do not know yet (installed after the last ANALYZE) counts as empty, and
-- the planner then takes any index that begins with shop_id and reads the whole shop for every row of a batch (measured:
-- the second shop of a database took 100 times as long as the first). These tables are read by key, so they go without
-- statistics about shops, and the index that fits the whole key wins.
ALTER TABLE profiles ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE profile_identities ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE profile_traits ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE timeline_events ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE orders ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE order_lines ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE order_discounts ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE refunds ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE refund_lines ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE fulfillments ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE products ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE product_variants ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE carts ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE consents ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE messages ALTER COLUMN shop_id SET STATISTICS 0;
