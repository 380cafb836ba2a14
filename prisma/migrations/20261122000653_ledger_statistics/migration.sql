-- The planner believes that a shop it has no statistics about (one that was installed a minute ago) has no rows, and then
-- reads all of them through any index that begins with shop_id. The ledger is always read by key, so it goes without
-- statistics about shops: every shop counts as a part of the table, and the index that fits the whole key wins.
ALTER TABLE ledger_accounts ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE ledger_transactions ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE ledger_postings ALTER COLUMN shop_id SET STATISTICS 0;
