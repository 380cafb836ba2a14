-- Whether what an order waits for was told is asked of those that wait (affiliate_orders_open) and of the products, instead of noted
-- by whoever tells: told in the same instant as the order, a product did not see it.
ALTER TABLE affiliate_orders DROP COLUMN told_at;
