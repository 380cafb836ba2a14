-- Whose an entry of the ledger is, and by how much it changes what they have: a statement reads this along one index, instead of
-- joining every posting there ever was.
ALTER TABLE affiliate_transactions ADD COLUMN affiliate_id bigint, ADD COLUMN moved numeric(20,4);
ALTER TABLE affiliate_transactions DISABLE TRIGGER append_only;
UPDATE affiliate_transactions t SET affiliate_id = p.affiliate_id, moved = p.moved
FROM (
  SELECT p.shop_id, p.transaction_id, max(a.affiliate_id) AS affiliate_id, sum(p.amount) AS moved
  FROM affiliate_postings p JOIN affiliate_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
  WHERE a.affiliate_id IS NOT NULL GROUP BY p.shop_id, p.transaction_id) p
WHERE t.shop_id = p.shop_id AND t.id = p.transaction_id;
ALTER TABLE affiliate_transactions ENABLE TRIGGER append_only;
ALTER TABLE affiliate_transactions ALTER COLUMN affiliate_id SET NOT NULL, ALTER COLUMN moved SET NOT NULL,
  ADD FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
-- Months with a statement, and statements. What only goes from waiting to payable or into a payout stands in none.
CREATE INDEX affiliate_transactions_of_affiliate ON affiliate_transactions (shop_id, affiliate_id, created_at, id)
  INCLUDE (kind, currency, moved) WHERE moved <> 0;

-- The portal: orders page by page, how many earn, and what they earned week by week, all without a look at the table.
DROP INDEX affiliate_orders_of_affiliate;
CREATE INDEX affiliate_orders_of_affiliate ON affiliate_orders (shop_id, affiliate_id, placed_at DESC, order_id DESC)
  INCLUDE (outcome, currency, commission);
